import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AnchoredRange } from "../../../daemon/config/anchor.ts";
import { parseDocument } from "../../../daemon/config/document.ts";
import { editDocument } from "../../../daemon/config/edit-document.ts";
import { Memo } from "../../../daemon/config/memo.ts";
import { type Reading, readConfiguration } from "../../../daemon/config/read.ts";
import { memoryMachine } from "./memory-machine.ts";
import { FILE } from "./reading.ts";

const LINES = [
  "[supervisord]",
  "[DEFAULT]",
  "[program:a]",
  "[program:b]",
  "[program:b]",
  "[fcgi-program:a]",
  "[eventlistener:l]",
  "[group:g]",
  "[group:h]",
  "[unix_http_server]",
  "[inet_http_server]",
  "[supervisorctl]",
  "[rpcinterface:supervisor]",
  "[include]",
  "[progam:c]",
  " [program:d]",
  "command=/bin/cat %(ENV_A)s",
  "command=echo $HOME ; cut off",
  "command=cd /tmp && ls",
  "  --more 'x ;y'",
  "command=sleep 5 %(nope)s",
  "autostart=mayb",
  "startsecs=5s",
  "startsecs=0",
  "autorestart=true",
  "numprocs=2",
  "process_name=%(program_name)s_%(process_num)d",
  "environment=A=1,B=two words",
  "environment=PATH=/bin,A='%(ENV_PATH)s'",
  "user=www",
  "user=nobody-here",
  "directory=~/x",
  "directory=%(here)s/none",
  "stdout_logfile=/var/log/one.log",
  "stdout_logfile=/dev/stdout",
  "redirect_stderr=true",
  "stderr_logfile=/var/log/two.log",
  "priority=5",
  "programs=a,b,c",
  "programs=a b",
  "events=TICK_5,NO",
  "socket=tcp://localhost:9000",
  "result_handler=a:b",
  "supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface",
  "file=/run/s.sock",
  "port=9001",
  "username=u",
  "serverurl=unix:///tmp/x.sock",
  "files=conf.d/*.conf",
  "nodaemon=true",
  "stopasgroup=true",
  "killasgroup=false",
  "loglevel=loud",
  "; note",
  "broken",
  "",
];

const line = fc.constantFrom(...LINES);
const texts = fc.array(line, { maxLength: 40 }).map((lines) => `[supervisord]\n${lines.join("\n")}\n`);
const edits = fc.array(
  fc.record({
    at: fc.nat(),
    length: fc.oneof(fc.constant(0), fc.nat(2), fc.nat(40)),
    text: fc.oneof(
      fc.constantFrom("", "x", "\n", " ", "=", "%", ";", "[", "]", "\n\n"),
      line.map((one) => `\n${one}\n`),
    ),
  }),
  { minLength: 1, maxLength: 10 },
);

describe("a configuration that is edited reads the same as one read from the start", () => {
  test("whatever the edits", { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(texts, edits, (text, all) => readAlong(text, all)),
      { numRuns: 1200 },
    );
  });

  test.each(seeds())("%s", (_name, text) => {
    fc.assert(
      fc.property(edits, (all) => readAlong(text, all)),
      { numRuns: 1 },
    );
  });
});

type Edit = { readonly at: number; readonly length: number; readonly text: string };

function readAlong(text: string, edits: readonly Edit[]): void {
  const memo = new Memo();
  let document = parseDocument(text);
  expect(told(reading(document, memo))).toBe(told(reading(parseDocument(text))));
  for (const edit of edits) {
    const start = edit.at % (document.text.length + 1);
    const end = Math.min(document.text.length, start + edit.length);
    document = editDocument(document, { start, end }, edit.text);
    expect(told(reading(document, memo))).toBe(told(reading(parseDocument(document.text))));
  }
}

const PART = parseDocument(
  "[program:part]\ncommand=/bin/%(ENV_A)s\nuser=www\nstdout_logfile=/var/log/one.log\n[DEFAULT]\npriority=x\n",
);

function reading(document: ReturnType<typeof parseDocument>, memo?: Memo): Reading {
  const disk = memoryMachine(
    { [FILE]: "", "/site/conf.d/part.conf": "" },
    { environment: { HOME: "/root", A: "1" } },
  );
  const readFile = (path: string) =>
    ({ kind: "document", document: path === FILE ? document : PART }) as const;
  const options = { fragment: "auto" } as const;
  return readConfiguration(FILE, { ...disk, readFile }, memo === undefined ? options : { ...options, memo });
}

/** All that a reading says, as text. */
function told(reading: Reading): string {
  const { configuration, problems, refusal, warnings, unresolvedPlugins, fragment } = reading;
  const groups = configuration?.groups.map(({ name }) => reading.groupsNamed(name));
  const all = { refusal, problems, warnings, unresolvedPlugins, fragment, configuration, groups };
  return JSON.stringify(all, plain, 1);
}

function plain(_key: string, value: unknown): unknown {
  if (value instanceof AnchoredRange) return { start: value.start, end: value.end };
  return typeof value === "bigint" ? String(value) : value;
}

/** Files as people write them. */
function seeds(): [string, string][] {
  const folder = "test/fixtures/config/conf";
  return readdirSync(folder)
    .filter((name) => name.endsWith(".conf"))
    .map((name) => [name, readFileSync(`${folder}/${name}`, "utf8")]);
}
