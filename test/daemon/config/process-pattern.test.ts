import { expect, test } from "vitest";
import { parseDocument } from "../../../daemon/config/document.ts";
import { processPattern } from "../../../daemon/config/process-pattern.ts";

function fits(processName: string, name: string): boolean {
  const [section] = parseDocument(`[program:web]\nprocess_name=${processName}\n`).sections;
  if (section === undefined) throw new Error("cannot find the section");
  return processPattern(section, "web", "g")(name);
}

test.each([
  ["%(program_name)s", "web", "webs"],
  ["%(group_name)s-%(program_name)s", "g-web", "web"],
  ["%(program_name)s_%(process_num)02d", "web_00", "web_"],
  ["%(program_name)s_%(process_num)d", "web_-12", "web_-"],
  ["n%(process_num)d%(process_num)d", "n12", "n1"],
  ["%(process_num)d", "7", "7a"],
  ["50%%_%(host_node_name)s.a", "50%_b.c.a", "50%_b.c"],
  ["a.c*", "a.c*", "abcc"],
])("process_name=%s is the name of %s and not of %s", (processName, own, other) => {
  expect({ own: fits(processName, own), other: fits(processName, other) }).toEqual({
    own: true,
    other: false,
  });
});

test("a pattern of many parts is told from a long name at once", () => {
  const started = performance.now();
  expect(fits("%(a)sx".repeat(200), "x".repeat(5000))).toBe(true);
  expect(fits(`${"%(process_num)d".repeat(200)}!`, "1".repeat(5000))).toBe(false);
  expect(performance.now() - started).toBeLessThan(2000);
});
