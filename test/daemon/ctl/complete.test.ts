import { describe, expect, test } from "vitest";
import { ACTION_NAMES, complete } from "../../../daemon/ctl/actions.ts";

const PROCESSES = [
  { group: "web", name: "web" },
  { group: "pair", name: "a" },
  { group: "pair", name: "b" },
];

function completed(line: string): Promise<string[]> {
  return complete(line, () => Promise.resolve(PROCESSES));
}

describe("completion", () => {
  test("offers every action on an empty line", async () => {
    expect(await completed("")).toHaveLength(ACTION_NAMES.length);
  });

  test("finishes an action, and asks the server nothing for it", async () => {
    expect(await complete("re", () => Promise.reject(new Error("asked")))).toEqual([
      "reload ",
      "remove ",
      "reread ",
      "restart ",
    ]);
  });

  test("offers processes, and groups as a whole", async () => {
    expect(await completed("stop ")).toEqual(["web ", "pair:a ", "pair:* ", "pair:b "]);
    expect(await completed("restart web pair:")).toEqual(["pair:a ", "pair:* ", "pair:b "]);
  });

  test("offers groups where a group is wanted", async () => {
    expect(await completed("update p")).toEqual(["pair "]);
  });

  test("offers actions to help, and nothing where nothing is named", async () => {
    expect(await completed("help st")).toEqual(["start ", "status ", "stop "]);
    expect(await completed("reread ")).toEqual([]);
    expect(await completed("nonsense ")).toEqual([]);
  });
});
