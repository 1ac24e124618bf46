import { describe, expect, test } from "vitest";
import { nearest } from "../../../daemon/config/nearest.ts";
import {
  type Converted,
  toAutorestart,
  toBoolean,
  toBytes,
  toExitCodes,
  toInetAddress,
  toList,
  toLogLevel,
  toName,
  toOctal,
  toSignal,
} from "../../../daemon/config/values.ts";

function outcome<T>(converted: Converted<T>): T | string {
  return "value" in converted ? converted.value : converted.error;
}

test.each<[string, boolean | string]>([
  ["true", true],
  ["YES", true],
  ["0", false],
  ["Off", false],
  ["maybe", "not a valid boolean value: 'maybe'"],
  ["", "not a valid boolean value: ''"],
])("the boolean %j", (text, expected) => {
  expect(outcome(toBoolean(text))).toBe(expected);
});

test.each<[string, number | string]>([
  ["10", 10],
  ["1KB", 1024],
  ["2 mb", 2 * 1024 * 1024],
  ["1gB", 1024 ** 3],
  ["50M", "invalid literal for int() with base 10: '50m'"],
  ["kb", "invalid literal for int() with base 10: ''"],
])("the byte size %j", (text, expected) => {
  expect(outcome(toBytes(text))).toBe(expected);
});

test.each<[string, number | string]>([
  ["TERM", 15],
  ["sigusr1", 10],
  [" hup ", 1],
  ["9", 9],
  ["RTMAX", 64],
  ["0", 0],
  ["33", "value '33' is not a valid signal number"],
  ["SIG", "value 'SIG' is not a valid signal name"],
])("the signal %j", (text, expected) => {
  expect(outcome(toSignal(text))).toBe(expected);
});

test.each<[string, readonly number[] | string]>([
  ["0", [0]],
  ["0, 2", [0, 2]],
  ["", []],
  ["256", "not a valid list of exit codes: '256'"],
  ["1,", "not a valid list of exit codes: '1,'"],
])("the exit codes %j", (text, expected) => {
  expect(outcome(toExitCodes(text))).toEqual(expected);
});

test.each<[string, { host: string; port: number } | string]>([
  ["9001", { host: "", port: 9001 }],
  ["*:9001", { host: "", port: 9001 }],
  ["HOST:80", { host: "host", port: 80 }],
  ["::1:5", { host: "::1", port: 5 }],
  ["0", "not a valid port number: '0' "],
  ["h:0", "0 is below lower bound (1)"],
  ["h:65536", "65536 is above upper bound (65535)"],
  ["h:", "no port number specified in ''"],
])("the address %j", (text, expected) => {
  expect(outcome(toInetAddress(text))).toEqual(expected);
});

test("octal, restart and log level are read as Supervisor does", () => {
  expect(outcome(toOctal("022"))).toBe(18);
  expect(outcome(toOctal("9"))).toBe("9 can not be converted to an octal type");
  expect(outcome(toAutorestart("UNEXPECTED"))).toBe("unexpected");
  expect(outcome(toAutorestart("Never"))).toBe("invalid 'autorestart' value 'never'");
  expect(outcome(toLogLevel("WARN"))).toBe("warn");
  expect(outcome(toLogLevel("Warning"))).toBe("bad logging level name 'Warning'");
});

test("lists and names lose the white space around them", () => {
  expect(toList(" a ,, b")).toEqual(["a", "", "b"]);
  expect(toList("")).toEqual([]);
  expect(outcome(toName("\u00a0a "))).toBe("a");
  expect(outcome(toName("a b"))).toBe("Invalid name: 'a b' because of character: ' '");
});

describe("the nearest word", () => {
  test.each<[string, string | null]>([
    ["autorestrat", "autorestart"],
    ["comand", "command"],
    ["xyz", null],
    ["commnad", "command"],
  ])("to %j is %j", (word, found) => {
    expect(nearest(word, ["command", "autorestart", "autostart"])).toBe(found);
  });
});
