import { expect, test } from "vitest";
import { inEnglish } from "../../../daemon/config/say.ts";
import { applied, problemOf, readText } from "./reading.ts";

/** The text after the fix of a problem that is offered under a title. */
function fixed(text: string, code: string, title: string): string {
  const fixes = problemOf(readText(text), code).fixes ?? [];
  return applied(
    text,
    fixes.find((fix) => inEnglish(fix.title) === title),
  );
}

test.each([
  ["[program:a]\n", "Add command=/bin/cat", "[program:a]\ncommand=/bin/cat\n"],
  [
    "[eventlistener:a]\ncommand=a\n",
    "Add events=PROCESS_STATE",
    "[eventlistener:a]\ncommand=a\nevents=PROCESS_STATE\n",
  ],
  [
    "[fcgi-program:a]\ncommand=a\n",
    "Add socket=unix://%(here)s/%(program_name)s.sock",
    "[fcgi-program:a]\ncommand=a\nsocket=unix://%(here)s/%(program_name)s.sock\n",
  ],
  ["[include]\n", "Add files=conf.d/*.conf", "[include]\nfiles=conf.d/*.conf\n"],
  ["[inet_http_server]\n", "Add port=127.0.0.1:9001", "[inet_http_server]\nport=127.0.0.1:9001\n"],
  [
    "[unix_http_server]\n",
    "Add file=%(here)s/supervisor.sock",
    "[unix_http_server]\nfile=%(here)s/supervisor.sock\n",
  ],
])("what %j lacks can be added", (section, title, expected) => {
  expect(fixed(`[supervisord]\n${section}`, "option.required", title)).toBe(`[supervisord]\n${expected}`);
});

test("a file without [supervisord] can get one", () => {
  expect(fixed("[program:a]\ncommand=a\n", "section.no-supervisord", "Add [supervisord]")).toBe(
    "[supervisord]\n\n[program:a]\ncommand=a\n",
  );
});

test("an option that is like no other can go", () => {
  const text = "[supervisord]\n[program:a]\ncommand=a\nzzzzqqq=1\n";
  expect(fixed(text, "option.unknown", "Remove zzzzqqq")).toBe("[supervisord]\n[program:a]\ncommand=a\n");
});

test("a log that is not written goes", () => {
  const text = "[supervisord]\n[program:a]\ncommand=a\nredirect_stderr=true\nstderr_logfile=/tmp/x\n";
  expect(fixed(text, "logfile.ignored-stderr", "Remove stderr_logfile")).toBe(
    "[supervisord]\n[program:a]\ncommand=a\nredirect_stderr=true\n",
  );
});

test("an automatic log that would grow for ever is limited", () => {
  const text = "[supervisord]\n[program:a]\ncommand=a\nstdout_logfile_maxbytes=0\n";
  expect(fixed(text, "logfile.endless", "Add stdout_logfile_maxbytes=50MB")).toBe(
    "[supervisord]\n[program:a]\ncommand=a\nstdout_logfile_maxbytes=50MB\n",
  );
});

test("the word syslog becomes the option that took its place, without an automatic file", () => {
  const text = "[supervisord]\n[program:a]\ncommand=a\nstdout_logfile=syslog\n";
  const after = fixed(text, "logfile.syslog", "Use stdout_syslog=true");
  expect(after).toBe("[supervisord]\n[program:a]\ncommand=a\nstdout_logfile=NONE\nstdout_syslog=true\n");
  const [before, now] = [text, after].map(
    (one) => readText(one).configuration?.groups[0]?.processes[0]?.stdout,
  );
  expect(now).toEqual(before);
});
