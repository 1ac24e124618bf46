import { describe, expect, test } from "vitest";
import type { ProcessSettings } from "../../../daemon/config/configuration.ts";
import type { Severity } from "../../../daemon/config/problem.ts";
import { applied, coveredBy, problemOf, processOf, readText } from "./reading.ts";

/** A mistake in a program's section: what is told of it, and what its fix promises. */
type Pitfall = {
  /** The lines after `[program:p]`. */
  readonly wrong: string;
  readonly code: string;
  readonly severity: Severity;
  /** What Supervisor says, where it refuses the file; null where it says nothing. */
  readonly refusal: string | null;
  /** The text that the problem covers. */
  readonly at: string;
  /** What the process is after the fix; null where there is none. */
  readonly fixed: Partial<ProcessSettings> | null;
  /** What the process is before it, where Supervisor takes the file. */
  readonly silently?: Partial<ProcessSettings>;
};

const IN_P = " in section 'program:p' (file: '/site/supervisord.conf')";

const PITFALLS: readonly Pitfall[] = [
  {
    wrong: "command=bash -c 'a ; b'",
    code: "comment.in-quotes",
    severity: "error",
    refusal: null,
    at: "; b'",
    silently: { command: "bash -c 'a" },
    fixed: { command: "bash -c 'a; b'" },
  },
  {
    wrong: "command=bash -c 'a ; b ; c'",
    code: "comment.in-quotes",
    severity: "error",
    refusal: null,
    at: "; b ; c'",
    fixed: { command: "bash -c 'a; b; c'" },
  },
  {
    wrong: "command=app --tag #1",
    code: "comment.truncates",
    severity: "warning",
    refusal: null,
    at: "#1",
    silently: { command: "app --tag" },
    fixed: { command: 'app --tag "#1"' },
  },
  {
    wrong: "command=/bin/app\nautostart=true; note",
    code: "comment.glued",
    severity: "error",
    refusal: `not a valid boolean value: 'true; note'${IN_P}`,
    at: "true; note",
    fixed: { autostart: true },
  },
  {
    wrong: "command=/bin/cat; note",
    code: "comment.glued",
    severity: "warning",
    refusal: null,
    at: "/bin/cat; note",
    silently: { command: "/bin/cat; note" },
    fixed: { command: "/bin/cat" },
  },
  {
    wrong: "command=/bin/app\ndirectory=/tmp; note",
    code: "comment.glued",
    severity: "warning",
    refusal: null,
    at: "/tmp; note",
    fixed: { directory: "/tmp" },
  },
  {
    wrong: "command=/bin/app\nenvironment=A=pa#ss,B=2",
    code: "environment.unquoted",
    severity: "error",
    refusal: null,
    at: "pa#ss",
    silently: { environment: { A: "pa" } },
    fixed: { environment: { A: "pa#ss", B: "2" } },
  },
  {
    wrong: "command=/bin/app\nenvironment=U=redis://h/0?x=1,B=2",
    code: "environment.unquoted",
    severity: "error",
    refusal: null,
    at: "redis://h/0?x=1",
    fixed: { environment: { U: "redis://h/0?x=1", B: "2" } },
  },
  {
    wrong: "command=/bin/app\nenvironment=P=secret!",
    code: "environment.unquoted",
    severity: "error",
    refusal: null,
    at: "secret!",
    silently: { environment: { P: "secret" } },
    fixed: { environment: { P: "secret!" } },
  },
  {
    wrong: "command=/bin/app\nenvironment=Q=a=1&b=2",
    code: "environment.unquoted",
    severity: "error",
    refusal: `Unexpected end of key/value pairs in value 'Q=a=1&b=2'${IN_P}`,
    at: "a=1&b=2",
    fixed: { environment: { Q: "a=1&b=2" } },
  },
  {
    wrong: "command=/bin/app\nenvironment=A=1 B=2",
    code: "environment.comma",
    severity: "error",
    refusal: `Unexpected end of key/value pairs in value 'A=1 B=2'${IN_P}`,
    at: " ",
    fixed: { environment: { A: "1", B: "2" } },
  },
  {
    wrong: 'command=/bin/app\nenvironment=\n  A="1"\n  B="2"',
    code: "environment.comma",
    severity: "error",
    refusal: `Unexpected end of key/value pairs in value '\nA="1"\nB="2"'${IN_P}`,
    at: "\n  ",
    fixed: { environment: { A: "1", B: "2" } },
  },
  {
    wrong: "command=/bin/app\nenvironment=M=u@h",
    code: "environment.unquoted",
    severity: "error",
    refusal: `Unexpected end of key/value pairs in value 'M=u@h'${IN_P}`,
    at: "u@h",
    fixed: { environment: { M: "u@h" } },
  },
  {
    wrong: 'command=/bin/app\nenvironment=J={"a": [1, 2]}',
    code: "environment.unquoted",
    severity: "error",
    refusal: `Unexpected end of key/value pairs in value 'J={"a": [1, 2]}'${IN_P}`,
    at: '{"a": [1, 2]}',
    fixed: { environment: { J: '{"a": [1, 2]}' } },
  },
  {
    wrong: "command=/bin/app\nenvironment=A=",
    code: "environment.empty",
    severity: "error",
    refusal: `Unexpected end of key/value pairs in value 'A='${IN_P}`,
    at: "A=",
    fixed: { environment: { A: "" } },
  },
  {
    wrong: "command=/bin/app\nenvironment=A=1,2",
    code: "environment.unquoted",
    severity: "error",
    refusal: `Unexpected end of key/value pairs in value 'A=1,2'${IN_P}`,
    at: "1,2",
    fixed: { environment: { A: "1,2" } },
  },
  {
    wrong: "command=/bin/app\nenvironment=export A=1",
    code: "environment.export",
    severity: "error",
    refusal: `Unexpected end of key/value pairs in value 'export A=1'${IN_P}`,
    at: "export ",
    fixed: { environment: { A: "1" } },
  },
  {
    wrong: "command=/bin/app\nenvironment=A=1;B=2",
    code: "environment.separator",
    severity: "warning",
    refusal: null,
    at: ";",
    silently: { environment: { A: "1", B: "2" } },
    fixed: { environment: { A: "1", B: "2" } },
  },
  {
    wrong: 'command=/bin/app\nenvironment=A="1",A="2"',
    code: "environment.duplicate",
    severity: "warning",
    refusal: null,
    at: 'A="1"',
    silently: { environment: { A: "2" } },
    fixed: { environment: { A: "2" } },
  },
  {
    wrong: "command=date +%Y-%m",
    code: "expansion.percent",
    severity: "error",
    refusal: `Format string 'date +%Y-%m' for 'program:p.command' is badly formatted: unsupported format character 'Y' (0x59) at index 7${IN_P}`,
    at: "%",
    fixed: { command: "date +%Y-%m" },
  },
  {
    wrong: "command=app 100%",
    code: "expansion.percent",
    severity: "error",
    refusal: `Format string 'app 100%' for 'program:p.command' is badly formatted: incomplete format${IN_P}`,
    at: "%",
    fixed: { command: "app 100%" },
  },
  {
    wrong: "command=app %(program_name)",
    code: "expansion.format",
    severity: "error",
    refusal: `Format string 'app %(program_name)' for 'program:p.command' is badly formatted: incomplete format${IN_P}`,
    at: "%(program_name)",
    fixed: { command: "app p" },
  },
  {
    wrong: "command=app %(process_num)",
    code: "expansion.format",
    severity: "error",
    refusal: `Format string 'app %(process_num)' for 'program:p.command' is badly formatted: incomplete format${IN_P}`,
    at: "%(process_num)",
    fixed: { command: "app 0" },
  },
  {
    wrong: "command=app %(ENV_HOM)s",
    code: "expansion.unknown",
    severity: "error",
    refusal: `Format string 'app %(ENV_HOM)s' for 'program:p.command' contains names ('ENV_HOM') which cannot be expanded. Available names: ENV_HOME, ENV_PATH, group_name, here, host_node_name, numprocs, process_num, program_name${IN_P}`,
    at: "%(ENV_HOM)",
    fixed: { command: "app /home/me" },
  },
  {
    wrong: "command=app\nenvironment=AUTO=true\nautostart=%(ENV_AUTO)s",
    code: "expansion.too-early",
    severity: "error",
    refusal: `Format string '%(ENV_AUTO)s' for 'program:p.autostart' contains names ('ENV_AUTO') which cannot be expanded. Available names: ENV_HOME, ENV_PATH, group_name, here, host_node_name, program_name${IN_P}`,
    at: "%(ENV_AUTO)",
    fixed: { autostart: true },
  },
  {
    wrong: "command=echo $HOME",
    code: "command.variable",
    severity: "warning",
    refusal: null,
    at: "echo $HOME",
    silently: { command: "echo $HOME" },
    fixed: { command: "echo /home/me" },
  },
  {
    wrong: 'command=/bin/app\nenvironment=A="$HOME/bin"',
    code: "environment.variable",
    severity: "warning",
    refusal: null,
    at: '"$HOME/bin"',
    silently: { environment: { A: "$HOME/bin" } },
    fixed: { environment: { A: "/home/me/bin" } },
  },
  {
    wrong: "command=cd /srv && node app.js",
    code: "command.shell",
    severity: "warning",
    refusal: null,
    at: "cd /srv && node app.js",
    fixed: { command: "node app.js", directory: "/srv" },
  },
  {
    wrong: "command=a | b > c",
    code: "command.shell",
    severity: "warning",
    refusal: null,
    at: "a | b > c",
    fixed: { command: "/bin/sh -c 'exec a | b > c'" },
  },
  {
    wrong: "command=PORT=1 node app.js",
    code: "command.assignment",
    severity: "warning",
    refusal: null,
    at: "PORT=1 node app.js",
    fixed: { command: "node app.js", environment: { PORT: "1" } },
  },
  {
    wrong: "command=~/x",
    code: "command.home",
    severity: "warning",
    refusal: null,
    at: "~/x",
    fixed: { command: "/home/me/x" },
  },
  {
    wrong: "command=/bin/app\ndirectory=~",
    code: "directory.home",
    severity: "warning",
    refusal: null,
    at: "~",
    silently: { directory: "~" },
    fixed: { directory: "/home/me" },
  },
  {
    wrong: "command=./x -a\ndirectory=/tmp",
    code: "command.relative",
    severity: "warning",
    refusal: null,
    at: "./x -a",
    fixed: { command: "/tmp/x -a" },
  },
  {
    wrong: 'command=/bin/app\nstdout_logfile="/tmp/a.log"',
    code: "path.quoted",
    severity: "error",
    refusal: `The directory named as part of the path "/tmp/a.log" does not exist${IN_P}`,
    at: '"/tmp/a.log"',
    fixed: {
      stdout: {
        logfile: "/tmp/a.log",
        maxbytes: 52428800,
        backups: 10,
        captureMaxbytes: 0,
        eventsEnabled: false,
        syslog: false,
      },
    },
  },
  {
    wrong: "command=/bin/app\nstdout_logfile=/nowhere/a.log",
    code: "value.logfile",
    severity: "error",
    refusal: `The directory named as part of the path /nowhere/a.log does not exist${IN_P}`,
    at: "/nowhere/a.log",
    fixed: null,
  },
  {
    wrong: "command=/bin/app\nstdout_logfile=/var/log",
    code: "logfile.directory",
    severity: "error",
    refusal: null,
    at: "/var/log",
    fixed: {
      stdout: {
        logfile: "/var/log/p.log",
        maxbytes: 52428800,
        backups: 10,
        captureMaxbytes: 0,
        eventsEnabled: false,
        syslog: false,
      },
    },
  },
  {
    wrong: "command=/bin/app\nuser=root\nstdout_logfile=/dev/stdout",
    code: "logfile.device",
    severity: "warning",
    refusal: null,
    at: "/dev/stdout",
    fixed: {
      stdout: {
        logfile: "/dev/stdout",
        maxbytes: 0,
        backups: 10,
        captureMaxbytes: 0,
        eventsEnabled: false,
        syslog: false,
      },
    },
  },
  {
    wrong: "command=app --log /dev/stdout\nuser=www",
    code: "command.device",
    severity: "warning",
    refusal: null,
    at: "app --log /dev/stdout",
    fixed: null,
  },
  {
    wrong: "command=/bin/app\nuser=www",
    code: "user.environment",
    severity: "information",
    refusal: null,
    at: "www",
    silently: { environment: {} },
    fixed: { environment: { HOME: "/var/www", USER: "www" } },
  },
  {
    wrong: "command=nginx",
    code: "command.background",
    severity: "warning",
    refusal: null,
    at: "nginx",
    fixed: { command: 'nginx -g "daemon off;"' },
  },
  {
    wrong: "command=service cron start",
    code: "command.background",
    severity: "warning",
    refusal: null,
    at: "service cron start",
    fixed: null,
  },
  {
    wrong: "command=npm run dev",
    code: "program.leaves-children",
    severity: "information",
    refusal: null,
    at: "npm run dev",
    silently: { stopasgroup: false, killasgroup: false },
    fixed: { stopasgroup: true, killasgroup: true },
  },
  {
    wrong: "command=uvicorn app:api --reload",
    code: "program.leaves-children",
    severity: "information",
    refusal: null,
    at: "uvicorn app:api --reload",
    silently: { stopasgroup: false, killasgroup: false },
    fixed: { stopasgroup: true, killasgroup: true },
  },
  {
    wrong: "command=/bin/app\nstopasgroup=true\nkillasgroup=false",
    code: "program.stop-without-kill",
    severity: "error",
    refusal: `Cannot set stopasgroup=true and killasgroup=false${IN_P}`,
    at: "false",
    fixed: { stopasgroup: true, killasgroup: true },
  },
  {
    wrong: "command=celery -A app worker",
    code: "program.stop-time",
    severity: "information",
    refusal: null,
    at: "celery -A app worker",
    silently: { stopwaitsecs: 10 },
    fixed: { stopwaitsecs: 60 },
  },
  {
    wrong: "command=app migrate\nautorestart=false",
    code: "program.quick-job",
    severity: "warning",
    refusal: null,
    at: "false",
    silently: { startsecs: 1 },
    fixed: { startsecs: 0 },
  },
  {
    wrong: "command=/bin/app\nstartsecs=0\nautorestart=true",
    code: "program.endless-restart",
    severity: "warning",
    refusal: null,
    at: "0",
    fixed: { startsecs: 1 },
  },
  {
    wrong: "command=/bin/app\nautorestart=unexpected",
    code: "program.exitcodes",
    severity: "information",
    refusal: null,
    at: "unexpected",
    silently: { exitcodes: [0] },
    fixed: { exitcodes: [0, 2] },
  },
  {
    wrong: "command=/bin/app\nautorestrat=true",
    code: "option.unknown",
    severity: "warning",
    refusal: null,
    at: "autorestrat",
    silently: { autorestart: "unexpected" },
    fixed: { autorestart: true },
  },
  {
    wrong: "command=/bin/app\nnodaemon=true",
    code: "option.misplaced",
    severity: "warning",
    refusal: null,
    at: "nodaemon",
    fixed: { command: "/bin/app" },
  },
  {
    wrong: "command=/bin/app\n  autostart=false",
    code: "entry.glued",
    severity: "error",
    refusal: null,
    at: "autostart=false",
    silently: { command: "/bin/app\nautostart=false", autostart: true },
    fixed: { command: "/bin/app", autostart: false },
  },
  {
    wrong: "command=app a \\\n  b",
    code: "command.backslash",
    severity: "warning",
    refusal: null,
    at: "app a \\\n  b",
    fixed: { command: "app a b" },
  },
  {
    wrong: "command=app C:\\x\\y",
    code: "command.backslash",
    severity: "warning",
    refusal: null,
    at: "app C:\\x\\y",
    fixed: { command: "app C:/x/y" },
  },
  {
    wrong: "command=/bin/app\nstdout_logfile_maxbytes=50M",
    code: "value.bytes",
    severity: "error",
    refusal: `invalid literal for int() with base 10: '50m'${IN_P}`,
    at: "50M",
    fixed: { command: "/bin/app" },
  },
  {
    wrong: "command=/bin/app\nstopwaitsecs=10s",
    code: "value.integer",
    severity: "error",
    refusal: `invalid literal for int() with base 10: '10s'${IN_P}`,
    at: "10s",
    fixed: { stopwaitsecs: 10 },
  },
  {
    wrong: "command=/bin/app\nstartsecs=1.5",
    code: "value.integer",
    severity: "error",
    refusal: `invalid literal for int() with base 10: '1.5'${IN_P}`,
    at: "1.5",
    fixed: { startsecs: 2 },
  },
  {
    wrong: "command=/bin/app\nautorestart=on-failure",
    code: "value.autorestart",
    severity: "error",
    refusal: `invalid 'autorestart' value 'on-failure'${IN_P}`,
    at: "on-failure",
    fixed: { autorestart: "unexpected" },
  },
  {
    wrong: "command=/bin/app\nexitcodes=0;2",
    code: "value.exitcodes",
    severity: "error",
    refusal: `not a valid list of exit codes: '0;2'${IN_P}`,
    at: "0;2",
    fixed: { exitcodes: [0, 2] },
  },
  {
    wrong: "command=app 'a",
    code: "command.quotes",
    severity: "error",
    refusal: null,
    at: "app 'a",
    fixed: null,
  },
  {
    wrong: "command=/bin/app\nnumprocs=2",
    code: "numprocs.process-name",
    severity: "error",
    refusal: `%(process_num) must be present within process_name when numprocs > 1${IN_P}`,
    at: "2",
    fixed: null,
  },
];

describe.each(PITFALLS)("$wrong", ({ wrong, code, severity, refusal, at, fixed, silently }) => {
  const text = `[supervisord]\n[program:p]\n${wrong}\n`;
  const reading = readText(text);

  test(`is told as ${code}`, () => {
    const problem = problemOf(reading, code);
    expect(problem.severity).toBe(severity);
    expect(coveredBy(text, problem)).toBe(at);
  });

  test(
    refusal === null ? "is taken by Supervisor without a word" : "is refused in Supervisor's words",
    () => {
      expect(reading.refusal).toBe(refusal);
      if (silently !== undefined) expect(processOf(reading, "p")).toMatchObject(silently);
    },
  );

  test(fixed === null ? "has no fix that is sure, or one told elsewhere" : "is mended by its fix", () => {
    if (fixed === null) return;
    const mended = readText(applied(text, problemOf(reading, code).fixes?.[0]));
    expect(mended.refusal).toBeNull();
    expect(mended.problems.map((problem) => problem.code)).not.toContain(code);
    expect(processOf(mended, "p")).toMatchObject(fixed);
  });
});
