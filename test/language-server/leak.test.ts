import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import type { Machine } from "../../daemon/config/machine.ts";
import { english } from "../../language-server/l10n/words.ts";
import { OpenDocument } from "../../language-server/open-document.ts";
import { Diagnoses } from "../../language-server/told.ts";
import { Workspace } from "../../language-server/workspace.ts";

const MACHINE: Omit<Machine, "cwd"> = {
  version: 1,
  environment: { PATH: "/bin" },
  hostName: "host",
  tempDirectory: "/tmp",
  readFile: () => ({ kind: "error", code: "ENOENT" }),
  glob: () => [],
  isDirectory: () => false,
  homeDirectory: () => null,
  userExists: () => true,
  groupExists: () => true,
  look: () => false,
};

test("edits leave nothing behind: each reading is forgotten but for what still holds", {
  timeout: 60_000,
}, () => {
  const uri = "file:///w/supervisord.conf";
  const sections = Array.from(
    { length: 200 },
    (_, n) => `[program:p${n}]\ncommand=x\ndirectory=/none\nuser=me\n`,
  );
  const document = new OpenDocument(uri, 1, `[supervisord]\n${sections.join("")}`);
  const workspace = new Workspace(MACHINE, () => 0);
  const diagnoses = new Diagnoses(workspace, { words: english, page: null });
  const key = (line: number) => {
    const start = { line, character: 0 };
    for (const [text, end] of [
      [";", start],
      ["", { line, character: 1 }],
    ] as const) {
      document.change([{ range: { start, end }, text }], document.version + 1);
      workspace.hold(document);
      diagnoses.of(uri);
    }
  };
  for (let round = 0; round < 200; round++) key(1 + 4 * round);
  const before = heapUsed();
  for (let round = 0; round < 200; round++) key(2 + 4 * round);
  expect(heapUsed() - before).toBeLessThan(1_000_000);
});

function heapUsed(): number {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  if (typeof collect === "function") collect();
  return process.memoryUsage().heapUsed;
}
