import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { root } from "./harness/places.ts";
import { pidOf } from "./harness/processes.ts";
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

const TRUSTED = {
  "security.workspace.trust.enabled": false,
  "supervisord.startOnOpen": "always",
  "supervisord.confirmStopAll": false,
};

const CASES: readonly Case[] = [
  { suite: "untrusted", what: "in a folder that nobody trusts", settings: {}, rows: expectNothing },
  { suite: "ours", what: "with the bundled daemon", settings: TRUSTED, rows: expectRows },
  {
    suite: "debians",
    what: "with Debian's supervisord",
    settings: TRUSTED,
    before: startDebians,
    rows: expectRows,
  },
];

describe.each(CASES)("inside the extension host, $what", (one) => {
  let results: Readonly<Record<string, string | null>> = {};

  beforeAll(async () => {
    session.changeSettings(one.settings);
    results = await prove(one);
  });

  test.each(Object.keys(SUITES[one.suite]))("%s", (name) => {
    expect(results).toHaveProperty([name]);
    expect(results[name]).toBeNull();
  });
});

type Case = {
  readonly suite: SuiteName;
  readonly what: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly before?: (workspace: string) => Promise<void>;
  /** What a person sees of the workspace. */
  readonly rows: (workbench: Workbench, workspace: string) => Promise<void>;
};

/** Proves a suite on a workspace of its own, whose rows are looked at before; what each fact came to. */
async function prove({ suite, before, rows }: Case): Promise<Readonly<Record<string, string | null>>> {
  const workspace = session.workspace({});
  await copyTwelve(workspace);
  await before?.(workspace);
  const file = (name: string) => join(session.folder, `${suite}-${name}`);
  await bundle(suite, file);
  const { workbench, ended } = await session.openDriven(workspace, file("tests.cjs"));
  const opened = closedAsTheyOpen(workbench);
  await rows(workbench, workspace);
  writeFileSync(file("gate"), "");
  await ended;
  expect(opened.length).toBe(suite === "untrusted" ? 0 : 2);
  await workbench.screenshot(`in-host-${suite}`);
  await workbench.close();
  return JSON.parse(readFileSync(file("results.json"), "utf8"));
}

/** The pages that open beside the workbench, which would leave it in the background. */
function closedAsTheyOpen(workbench: Workbench): readonly Page[] {
  const opened: Page[] = [];
  workbench.page.context().on("page", (page) => {
    opened.push(page);
    void page.close();
  });
  return opened;
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

async function expectNothing(workbench: Workbench, workspace: string): Promise<void> {
  await workbench.welcome().getByText("trust").first().waitFor({ timeout: 60_000 });
  expect(pidOf(workspace, "supervisord.cjs")).toBeUndefined();
}

async function expectRows(workbench: Workbench): Promise<void> {
  for (const name of TWELVE.running)
    await workbench.row(`${name.split(":").at(-1)}, running`).waitFor({ timeout: 60_000 });
  await workbench.row(`${TWELVE.fatal}, failed`).waitFor();
  await workbench.row(`${TWELVE.exited}, exited`).waitFor();
  for (const name of TWELVE.stopped) await workbench.row(`${name}, stopped`).waitFor();
}
