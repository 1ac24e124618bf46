import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { readOnStage } from "./stage.ts";

/** The project's own cases, and a larger corpus of the same form where one stands beside the checkout. */
const corpora = [
  join(import.meta.dirname, "../fixtures/config"),
  join(import.meta.dirname, "../../../shared/corpus"),
].filter((folder) => existsSync(join(folder, "conf")) && existsSync(join(folder, "expected")));

for (const folder of corpora) {
  describe(`${basename(folder)}: a configuration is read as Supervisor 4.2.5 reads it`, () => {
    const cases = readdirSync(join(folder, "conf")).filter((file) => file.endsWith(".conf"));
    test.each(cases)("%s", (file) => {
      const expected: unknown = JSON.parse(
        readFileSync(join(folder, "expected", file.replace(/\.conf$/, ".json")), "utf8"),
      );
      expect(readOnStage(join(folder, "conf", file))).toEqual(expected);
    });
  });
}
