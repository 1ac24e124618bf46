import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Reading, readConfiguration } from "../../daemon/config/read.ts";
import { localMachine } from "../../daemon/io/machine.ts";
import { fixedText } from "../../language-server/features/fix-all.ts";
import { FIXED_ENVIRONMENT, HOST } from "./stage.ts";

/** The project's own cases, and a larger corpus of the same form where one stands beside the checkout. */
const corpora = ["../fixtures/config", "../../../shared/corpus"]
  .map((folder) => join(import.meta.dirname, folder, "conf"))
  .filter((folder) => existsSync(folder));

const FILE = "/x/supervisord.conf";
const machine = {
  ...localMachine({ cwd: "/", environment: FIXED_ENVIRONMENT, hostName: HOST, tempDirectory: "/tmp" }),
  glob: () => [],
};

function read(text: string, fragment: "as-is" | "auto"): Reading {
  const readFile = () => ({ kind: "text", text }) as const;
  return readConfiguration(FILE, { ...machine, readFile }, { lenient: true, fragment });
}

describe("a file that Supervisor accepts is accepted with all sure fixes made, and these are made once", () => {
  const files = corpora.flatMap((folder) =>
    readdirSync(folder)
      .filter((file) => file.endsWith(".conf"))
      .map((file) => join(folder, file)),
  );
  test.each(files)("%s", (path) => {
    const text = readFileSync(path, "utf8");
    const judge = (one: string) => read(one, "as-is").problems;
    const fixed = fixedText(FILE, text, judge);
    if (read(text, "auto").refusal === null) expect(read(fixed, "auto").refusal).toBeNull();
    expect(fixedText(FILE, fixed, judge)).toBe(fixed);
  });
});
