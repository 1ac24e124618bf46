import { expect, test } from "vitest";
import { partsOf } from "../../../extension/model/instances.ts";
import { aProcess } from "../processes.ts";

test.each([
  [["worker_00", "worker_01"], ["worker×2"]],
  [["a1", "a2", "a3"], ["a×3"]],
  [
    ["job:x", "job-1"],
    ["job:x", "job-1"],
  ],
  [
    ["api", "w_0", "db", "w_1"],
    ["api", "w×2", "db"],
  ],
  [
    ["node18", "node20"],
    ["node18", "node20"],
  ],
  [
    ["00", "01"],
    ["00", "01"],
  ],
])("the processes %j stand together as %j", (names, parts) => {
  const told = partsOf(names.map((name) => aProcess(name, { group: "g" }))).map((part) =>
    part.kind === "single" ? part.process.name : `${part.program}×${part.processes.length}`,
  );
  expect(told).toEqual(parts);
});
