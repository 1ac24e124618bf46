import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { beforeAll, describe, expect, test } from "vitest";
import { root } from "./harness/places.ts";
import { pictureFailures, type Session, startSession } from "./harness/session.ts";
import { copyTwelve, startDebians, TWELVE } from "./harness/twelve.ts";
import type { Workbench } from "./harness/workbench.ts";
import { SUITES, type SuiteName } from "./in-host/suites.ts";

let session: Session;

beforeAll(async () => {
  session = await startSession({ trusted: false, driven: true });
  return session.end;
});

pictureFailures(() => session);

describe.each([
  { suite: "ours", what: "the bundled daemon", before: async () => {}, rows: expectRows },
  { suite: "debians", what: "Debian's supervisord", before: startDebians, rows: expectRows },
] as const)("inside the extension host, with $what", ({ suite, before, rows }) => {
  let results: Readonly<Record<string, string | null>> = {};

  beforeAll(async () => {
    session.changeSettings({
      "security.workspace.trust.enabled": false,
      "supervisord.startOnOpen": "always",
    });
    results = await prove(suite, before, rows);
  });

  test.each(Object.keys(SUITES[suite]))("%s", (name) => {
    expect(results).toHaveProperty([name]);
    expect(results[name]).toBeNull();
  });
});

/** Proves a suite on a workspace of its own, whose rows are looked at before; what each fact came to. */
async function prove(
  suite: SuiteName,
  before: (workspace: string) => Promise<void>,
  rows: (workbench: Workbench) => Promise<void>,
): Promise<Readonly<Record<string, string | null>>> {
  const workspace = session.workspace({});
  await copyTwelve(workspace);
  await before(workspace);
  const file = (name: string) => join(session.folder, `${suite}-${name}`);
  await bundle(suite, file);
  const { workbench, ended } = await session.openDriven(workspace, file("tests.cjs"));
  await rows(workbench);
  writeFileSync(file("gate"), "");
  await ended;
  await workbench.screenshot(`in-host-${suite}`);
  await workbench.close();
  return JSON.parse(readFileSync(file("results.json"), "utf8"));
}

async function bundle(suite: SuiteName, file: (name: string) => string): Promise<void> {
  await build({
    entryPoints: [join(root, "test/editor/in-host/run.ts")],
    outfile: file("tests.cjs"),
    bundle: true,
    platform: "node",
    format: "cjs",
    external: ["vscode"],
    define: {
      SUITE: JSON.stringify(suite),
      RESULTS: JSON.stringify(file("results.json")),
      GATE: JSON.stringify(file("gate")),
    },
  });
}

async function expectRows(workbench: Workbench): Promise<void> {
  for (const name of TWELVE.running)
    await workbench.row(`${name.split(":").at(-1)}, running`).waitFor({ timeout: 60_000 });
  await workbench.row(`${TWELVE.fatal}, failed`).waitFor();
  await workbench.row(`${TWELVE.exited}, exited`).waitFor();
  for (const name of TWELVE.stopped) await workbench.row(`${name}, stopped`).waitFor();
}
