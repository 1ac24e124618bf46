import { expect, test } from "vitest";
import { findLeftBehind } from "../../../extension/model/left-behind.ts";
import { buildTree } from "../../../extension/model/tree.ts";
import { aDaemon, aProcess } from "../processes.ts";

const FAULT = { key: "socket", where: null, since: 0, message: "clients cannot connect to /s" };
const LEFT = { pid: 7, name: "old:old", command: "serve --password hunter2", reason: "no old:old any more" };

test("faults stand before the programs, and programs that were left behind after them", () => {
  const server = aDaemon([aProcess("web")], { faults: [FAULT], leftBehind: [LEFT] });
  const { rows } = buildTree([server], 0);
  const children = rows.get("s.conf|")?.children.map((id) => rows.get(id));
  expect(children?.map((row) => `${row?.label} (${row?.description}) ${row?.contextValue}`)).toEqual([
    "Clients cannot connect to /s () fault",
    "web (RUNNING · pid 12 · <1m) process;stop;restart",
    "old:old (left running · pid 7) leftBehind",
  ]);
});

test("hovering a fault tells what it concerns, and a program left behind its command without secrets", () => {
  const server = aDaemon([], { faults: [{ ...FAULT, where: "web:web" }], leftBehind: [LEFT] });
  const tooltips = [...buildTree([server], 0).rows.values()].flatMap(({ content }) =>
    content.kind === "message" ? [content.tooltip] : [],
  );
  expect(tooltips[0]).toContain("Concerns web:web.");
  expect(tooltips[1]).toContain("serve --password ***");
  expect(tooltips.join()).not.toContain("hunter2");
});

test("the row of a program that was left behind is found by its id as long as it is there", () => {
  const server = aDaemon([], { leftBehind: [LEFT] });
  expect(findLeftBehind([server], "s.conf|^7")).toEqual({ server: "s.conf", program: LEFT });
  expect(findLeftBehind([aDaemon([])], "s.conf|^7")).toBeNull();
});
