import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Machine } from "../../daemon/config/machine.ts";
import { readConfiguration } from "../../daemon/config/read.ts";
import { onStage, stageMachine } from "./stage.ts";

const corpora = [
  join(import.meta.dirname, "../fixtures/config"),
  join(import.meta.dirname, "../../../shared/corpus"),
].filter((folder) => existsSync(join(folder, "conf")) && existsSync(join(folder, "expected")));

/** Errors of files that Supervisor accepts: it loses a part of the file without a word, or runs a program twice. */
const SILENT_LOSSES = [
  "comment.in-quotes",
  "entry.glued",
  "environment.unquoted",
  "group.twice",
  "path.quoted",
  "section.duplicate",
];

/** The errors that are told of a file on a machine that answers what an editor asks in this way. */
function errorsOf(conf: string, look?: Machine["look"]): string[] {
  return onStage(conf, (copy, cwd) => {
    const machine = { ...stageMachine(cwd), ...(look === undefined ? {} : { look }) };
    const { problems } = readConfiguration(copy, machine, { lenient: true, fragment: "auto" });
    return problems.filter(({ severity }) => severity === "error").map(({ code }) => code);
  });
}

const MACHINES: readonly [string, Machine["look"]][] = [
  ["a machine that is not asked", undefined],
  ["a machine that has nothing", () => false],
  ["a machine that has everything, under version control", (question) => !question.startsWith("marked ")],
];

describe.each(corpora)("%s", (folder) => {
  const cases = readdirSync(join(folder, "conf"))
    .filter((file) => file.endsWith(".conf"))
    .map((file) => {
      const json = file.replace(/\.conf$/, ".json");
      const expected: unknown = JSON.parse(readFileSync(join(folder, "expected", json), "utf8"));
      return { file: join(folder, "conf", file), isAccepted: Reflect.get(Object(expected), "ok") === true };
    });

  test.each(MACHINES)(
    "on %s an error is told of each file that Supervisor refuses, and of no other",
    (_name, look) => {
      const told = cases.map(({ file, isAccepted }) => {
        const errors = errorsOf(file, look).filter((code) => !isAccepted || !SILENT_LOSSES.includes(code));
        return { file: basename(file), isRefused: !isAccepted, errors };
      });
      expect(told.filter(({ isRefused, errors }) => isRefused !== errors.length > 0)).toEqual([]);
      expect(new Set(told.map(({ isRefused }) => isRefused))).toEqual(new Set([true, false]));
    },
  );
});
