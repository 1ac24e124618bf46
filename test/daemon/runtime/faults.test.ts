import { expect, test } from "vitest";
import { Faults } from "../../../daemon/runtime/faults.ts";

test("a fault is said once when it begins and once when it is over", () => {
  const said: string[] = [];
  const faults = new Faults((level, message) => said.push(`${level} ${message}`));
  expect(faults.set("log", "cannot write a.log: the disk is full", "web:web")).toBe(true);
  expect(faults.set("log", "cannot write a.log: the disk is full", "web:web")).toBe(false);
  const [fault] = faults.list;
  expect(fault).toMatchObject({ where: "web:web", message: "cannot write a.log: the disk is full" });
  expect(faults.set("log", "cannot write a.log: 10 bytes are missing", "web:web")).toBe(true);
  expect(faults.list).toEqual([{ ...fault, message: "cannot write a.log: 10 bytes are missing" }]);
  expect(faults.set("log", null, null)).toBe(true);
  expect(faults.set("log", null, null)).toBe(false);
  expect(faults.list).toEqual([]);
  expect(said).toEqual([
    "error cannot write a.log: the disk is full",
    "info no longer so: cannot write a.log: 10 bytes are missing",
  ]);
});
