import fc from "fast-check";
import { expect, test } from "vitest";
import { Memo } from "../../../daemon/config/memo.ts";
import { type Reading, readConfiguration } from "../../../daemon/config/read.ts";
import { inEnglish } from "../../../daemon/config/say.ts";
import { PROGRAM_OPTIONS } from "../../../daemon/config/schema-options.ts";
import { memoryMachine } from "./memory-machine.ts";
import { FILE } from "./reading.ts";

const VALUES = [
  "1",
  "0",
  "-1",
  "007",
  "2",
  "true",
  "OFF",
  "maybe",
  "unexpected",
  "TERM",
  "SIGHUP",
  "9",
  "64",
];
const TEXTS = [
  "50MB",
  "0MB",
  "1 KB",
  "/bin/cat",
  "/tmp/a.log",
  "/none/a.log",
  "a.log",
  "syslog",
  "AUTO",
  "~/x",
];
const OTHERS = [
  "www",
  "A=1",
  "A=",
  "%(program_name)s",
  "%(process_num)d",
  "%(nope)s",
  "%",
  "",
  "unix:///s",
  "x y",
];

const option = fc.tuple(
  fc.constantFrom(...PROGRAM_OPTIONS.map(({ name }) => name), "unknown"),
  fc.constantFrom(...VALUES, ...TEXTS, ...OTHERS),
);
const names = fc.constantFrom("web", "web", "web", "a b", "a/b", " web ", "");

test("a program that is left unread is one that Supervisor takes without a word", () => {
  fc.assert(
    fc.property(names, fc.array(option, { maxLength: 6 }), (name, options) =>
      expectSame(
        name,
        options.map(([key, value]) => `${key}=${value}`),
      ),
    ),
    { numRuns: 400 },
  );
});

test.each([
  ["redirect_stderr=true", "stderr_logfile=/tmp/a.log"],
  ["stopasgroup=true", "killasgroup=false"],
  ["numprocs=2", "directory=/tmp"],
  ["stdout_logfile_maxbytes=0", "directory=/tmp"],
  ["stdout_logfile=/none/a.log", "directory=/tmp"],
  ["user=nobody-here", "directory=/tmp"],
])("what is wrong with a program is told at once: %s %s", (...lines) => {
  expectSame("web", lines);
});

function expectSame(name: string, lines: readonly string[]): void {
  const text = `[supervisord]\n[program:${name}]\ncommand=/bin/cat\n${lines.join("\n")}\n`;
  const machine = memoryMachine({ [FILE]: text });
  const whole = readConfiguration(FILE, machine);
  const later = readConfiguration(FILE, machine, { memo: new Memo() });
  expect(later.refusal).toBe(whole.refusal);
  expect(later.warnings).toEqual(whole.warnings);
  expect(told(later)).toEqual(told(whole));
  expect(later.configuration).toEqual(whole.configuration);
}

test("what is wrong with stop_tree of supervisord is told where all programs are left unread", () => {
  const text = "[supervisord]\nstop_tree=maybe\n[program:web]\ncommand=/bin/cat\n";
  const { problems } = readConfiguration(FILE, memoryMachine({ [FILE]: text }), { memo: new Memo() });
  expect(problems.map(({ code }) => code)).toContain("value.boolean");
});

function told({ problems }: Reading): string[] {
  return problems.map(
    ({ code, message, range }) => `${range.start}-${range.end} ${code} ${inEnglish(message)}`,
  );
}
