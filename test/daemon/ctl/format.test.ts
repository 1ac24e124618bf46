import { describe, expect, test } from "vitest";
import { columns } from "../../../daemon/ctl/columns.ts";
import {
  availLine,
  changeLines,
  clearResult,
  detailLines,
  signalResult,
  startResult,
  statusLines,
} from "../../../daemon/ctl/format.ts";
import type { ProcessInfo } from "../../../daemon/protocol/process-info.ts";

const WEB: ProcessInfo = {
  name: "web",
  group: "web",
  start: 1_700_000_000,
  stop: 0,
  now: 1_700_000_060,
  state: 20,
  statename: "RUNNING",
  spawnerr: "",
  exitstatus: 0,
  logfile: "/l/out",
  stdout_logfile: "/l/out",
  stderr_logfile: "",
  pid: 7,
  description: "pid 7, uptime 0:01:00",
};

describe("the lines of status", () => {
  test("keep names apart from states by three spaces at least", () => {
    const long = "n".repeat(40);
    expect(statusLines([WEB, { ...WEB, group: "g", name: long }])).toEqual([
      `web${" ".repeat(42)}RUNNING   pid 7, uptime 0:01:00`,
      `g:${long}   RUNNING   pid 7, uptime 0:01:00`,
    ]);
  });

  test("are narrow for short names", () => {
    expect(statusLines([WEB])).toEqual([`web${" ".repeat(30)}RUNNING   pid 7, uptime 0:01:00`]);
  });

  test("tell an exit status only of a process that ended", () => {
    expect(detailLines(WEB)).toEqual(["    started     2023-11-14T22:13:20.000Z", "    stdout      /l/out"]);
    expect(detailLines({ ...WEB, stop: 1_700_000_001, exitstatus: 3 })).toContain("    exit status 3");
  });
});

describe("the result of an act", () => {
  const of = (status: number, description = "why") => ({ group: "g", name: "p", status, description });

  test("names the process and the reason", () => {
    expect(startResult(of(80))).toBe("g:p: started");
    expect(startResult(of(50))).toBe("g:p: ERROR (spawn error)");
    expect(startResult(of(6, "SHUTDOWN_STATE"))).toBe("g:p: ERROR (SHUTDOWN_STATE)");
  });

  test("of a signal that failed is the server's sentence", () => {
    expect(signalResult(of(30, "unknown problem sending sig"))).toBe("unknown problem sending sig");
    expect(clearResult(of(30))).toBe("g:p: ERROR (failed)");
  });
});

test("avail shows use, start and priorities in columns", () => {
  const config = {
    group: "g",
    name: "p",
    inuse: false,
    autostart: false,
    group_prio: 1,
    process_prio: 2,
    command: "",
    directory: null,
  };
  expect(availLine(config)).toBe(`g:p${" ".repeat(29)} avail     manual    1:2`);
});

test("reread sorts the groups that differ", () => {
  expect(changeLines({ added: ["b"], changed: ["c"], removed: ["a"] })).toEqual([
    "a: disappeared",
    "b: available",
    "c: changed",
  ]);
  expect(changeLines({ added: [], changed: [], removed: [] })).toEqual(["No config updates to processes"]);
});

describe("columns", () => {
  test("are filled downwards in as few rows as fit", () => {
    expect(columns(["a", "bb", "ccc", "d", "e"], 10)).toEqual(["a   ccc  e", "bb  d  "]);
  });

  test("become one where nothing fits", () => {
    expect(columns(["long", "longer"], 3)).toEqual(["long", "longer"]);
  });
});
