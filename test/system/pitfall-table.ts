import { expect } from "vitest";

/** A mistake that people make in a configuration, and what the fix of the language server makes of it. */
export type Pitfall = {
  readonly about: string;
  /** The whole file. */
  readonly wrong: string;
  readonly code: string;
  /** What Supervisor reads after the fix: of the first process, or of all where it has a key of these. */
  readonly right: Readonly<Record<string, unknown>>;
};

const RPC =
  "[rpcinterface:supervisor]\nsupervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface\n";

function pitfall(about: string, code: string, wrong: string, right: Pitfall["right"]): Pitfall {
  return { about, code, wrong, right };
}

/** The file of a program `p`. */
function program(...lines: readonly string[]): string {
  return `[supervisord]\n\n[program:p]\n${lines.join("\n")}\n`;
}

function server(...lines: readonly string[]): string {
  return `[supervisord]\n\n${RPC}\n[inet_http_server]\nport=127.0.0.1:9001\n${lines.join("\n")}\n`;
}

function environment(code: string, about: string, wrong: string, variables: Record<string, string>): Pitfall {
  return pitfall(about, `environment.${code}`, program("command=/bin/cat", `environment=${wrong}`), {
    environment: variables,
  });
}

function value(about: string, type: string, wrong: string, right: Pitfall["right"]): Pitfall {
  return pitfall(about, `value.${type}`, program("command=/bin/cat", wrong), right);
}

const TWO = "[program:a]\ncommand=/bin/cat\n\n[program:b]\ncommand=/bin/cat\n";

/** The forty, in the order in which people ask about them; some have several faces. */
export const PITFALLS: readonly (readonly Pitfall[])[] = [
  [
    pitfall("a semicolon in quotes", "comment.in-quotes", program("command=bash -c 'a ; b'"), {
      command: "bash -c 'a; b'",
    }),
  ],
  [
    pitfall("a word with #", "comment.truncates", program("command=app --tag #1"), {
      command: 'app --tag "#1"',
    }),
  ],
  [
    pitfall(
      "a note without its space",
      "comment.glued",
      program("command=/bin/cat", "autostart=true; note"),
      {
        autostart: true,
      },
    ),
    pitfall("a note after a command", "comment.glued", program("command=/bin/cat; note"), {
      command: "/bin/cat",
    }),
  ],
  [
    pitfall("a password with #", "comment.truncates", server("username=u", "password=ab #cd"), {
      http_servers: [{ password: "{SHA}163f4566d0e5e133c5a1c2b2085b24ba7f6ef780" }],
    }),
  ],
  [environment("unquoted", "a value with #", "A=pa#ss,B=2", { A: "pa#ss", B: "2" })],
  [
    environment("unquoted", "a URL", "U=redis://h/0?x=1,B=2", { U: "redis://h/0?x=1", B: "2" }),
    environment("unquoted", "a secret with !", "P=secret!", { P: "secret!" }),
    environment("unquoted", "a query", "Q=a=1&b=2", { Q: "a=1&b=2" }),
  ],
  [
    environment("comma", "variables without commas", "A=1 B=2", { A: "1", B: "2" }),
    environment("comma", "variables one per line", '\n  A="1"\n  B="2"', { A: "1", B: "2" }),
  ],
  [
    environment("unquoted", "a mail address", "M=u@h", { M: "u@h" }),
    environment("unquoted", "JSON", 'J={"a": [1, 2]}', { J: '{"a": [1, 2]}' }),
    environment("unquoted", "a list", "A=1,2", { A: "1,2" }),
    environment("empty", "nothing", "A=", { A: "" }),
    environment("export", "export", "export A=1", { A: "1" }),
  ],
  [
    environment("separator", "a semicolon between variables", "A=1;B=2", { A: "1", B: "2" }),
    environment("duplicate", "a variable twice", 'A="1",A="2"', { A: "2" }),
  ],
  [
    pitfall("a percent sign", "expansion.percent", program("command=date +%Y-%m"), {
      command: "date +%Y-%m",
    }),
    pitfall("a percentage", "expansion.percent", program("command=app 100%"), { command: "app 100%" }),
    pitfall("a password with %", "expansion.percent", server("username=u", "password=a%c"), {
      http_servers: [{ password: "a%c" }],
    }),
  ],
  [
    pitfall("a name without its letter", "expansion.format", program("command=app %(program_name)"), {
      command: "app p",
    }),
  ],
  [
    pitfall("a misspelt variable", "expansion.unknown", program("command=app %(ENV_HOM)s"), {
      command: "app /root",
    }),
  ],
  [
    pitfall(
      "an own variable too early",
      "expansion.too-early",
      program("command=/bin/cat", "environment=AUTO=true", "autostart=%(ENV_AUTO)s"),
      { autostart: true },
    ),
  ],
  [
    pitfall(
      "a percent sign that is expanded twice",
      "expansion.twice",
      '[supervisord]\nenvironment=A="50%%"\n\n[program:p]\ncommand=/bin/cat\n',
      { environment: { A: "50%" } },
    ),
  ],
  [
    pitfall("$HOME in a command", "command.variable", program("command=echo $HOME"), {
      command: "echo /root",
    }),
    environment("variable", "$HOME in a variable", 'A="$HOME/bin"', { A: "/root/bin" }),
  ],
  [
    pitfall("cd in a command", "command.shell", program("command=cd /srv && node app.js"), {
      command: "node app.js",
      directory: "/srv",
    }),
    pitfall("a pipe", "command.shell", program("command=a | b > c"), {
      command: "/bin/sh -c 'exec a | b > c'",
    }),
    pitfall("a variable before a command", "command.assignment", program("command=PORT=1 node app.js"), {
      command: "node app.js",
      environment: { PORT: "1" },
    }),
  ],
  [
    pitfall("~ in a command", "command.home", program("command=~/x"), { command: "/root/x" }),
    pitfall("~ as a directory", "directory.home", program("command=/bin/cat", "directory=~"), {
      directory: "/root",
    }),
  ],
  [
    pitfall("a relative command", "command.relative", program("command=./x -a", "directory=/tmp"), {
      command: "/tmp/x -a",
    }),
  ],
  [
    pitfall(
      "a PATH without the rest",
      "command.not-found",
      program("command=cat", 'environment=PATH="/opt/none"'),
      {
        environment: { PATH: "/opt/none:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" },
      },
    ),
  ],
  [
    pitfall(
      "quotes round a path",
      "path.quoted",
      program("command=/bin/cat", 'stdout_logfile="/tmp/a.log"'),
      {
        stdout_logfile: "/tmp/a.log",
      },
    ),
  ],
  [
    pitfall(
      "a log in no folder",
      "value.logfile",
      program("command=/bin/cat", "stdout_logfile=/nowhere/a.log"),
      {
        stdout_logfile: expect.stringMatching(/\/a\.log$/),
      },
    ),
    pitfall("a folder as log", "logfile.directory", program("command=/bin/cat", "stdout_logfile=/tmp"), {
      stdout_logfile: "/tmp/p.log",
    }),
  ],
  [
    pitfall(
      "a log that is a pipe",
      "logfile.device",
      program("command=/bin/cat", "stdout_logfile=/dev/stdout"),
      {
        stdout_logfile: "/dev/stdout",
        stdout_logfile_maxbytes: 0,
      },
    ),
  ],
  [
    pitfall(
      "another user's device",
      "command.device",
      program("command=app --log /dev/stdout", "user=nobody"),
      {
        uid: null,
      },
    ),
  ],
  [
    pitfall("another user's home", "user.environment", program("command=/bin/cat", "user=games"), {
      environment: { HOME: "/usr/games", USER: "games" },
    }),
  ],
  [
    pitfall(
      "a user of a daemon that is not root",
      "user.not-root",
      "[supervisord]\nuser=games\n\n[program:p]\ncommand=/bin/cat\nuser=nobody\n",
      { uid: null },
    ),
  ],
  [
    pitfall("nginx", "command.background", program("command=nginx"), { command: 'nginx -g "daemon off;"' }),
    pitfall("a flag for the background", "command.background", program("command=gunicorn --daemon app:app"), {
      command: "gunicorn app:app",
    }),
  ],
  [
    pitfall("npm", "program.leaves-children", program("command=npm run dev"), {
      stopasgroup: true,
      killasgroup: true,
    }),
  ],
  [
    pitfall(
      "a stop without the kill",
      "program.stop-without-kill",
      program("command=/bin/cat", "stopasgroup=true", "killasgroup=false"),
      { stopasgroup: true, killasgroup: true },
    ),
  ],
  [
    pitfall("a busy worker", "program.stop-time", program("command=celery -A app worker"), {
      stopwaitsecs: 60,
    }),
  ],
  [
    pitfall("a quick job", "program.quick-job", program("command=app migrate", "autorestart=false"), {
      startsecs: 0,
    }),
  ],
  [
    pitfall(
      "an endless restart",
      "program.endless-restart",
      program("command=/bin/cat", "autorestart=true", "startsecs=0"),
      { startsecs: 1 },
    ),
  ],
  [
    pitfall("exit code 2", "program.exitcodes", program("command=/bin/cat", "autorestart=unexpected"), {
      exitcodes: [0, 2],
    }),
  ],
  [
    pitfall(
      "a program twice",
      "section.duplicate",
      `${program("command=/bin/cat")}\n[program:p]\ncommand=/bin/true\n`,
      { groups: [{ name: "p" }, { name: "p-2" }] },
    ),
  ],
  [
    pitfall("a misspelt section", "section.unknown", "[supervisord]\n\n[progam:p]\ncommand=/bin/cat\n", {
      command: "/bin/cat",
    }),
    pitfall("a misspelt option", "option.unknown", program("command=/bin/cat", "autorestrat=true"), {
      autorestart: true,
    }),
    pitfall("an option of the daemon", "option.misplaced", program("command=/bin/cat", "nodaemon=true"), {
      supervisord: { nodaemon: true },
    }),
  ],
  [
    pitfall("processes of one name", "numprocs.process-name", program("command=/bin/cat", "numprocs=2"), {
      name: "p_00",
    }),
    pitfall(
      "processes with one log",
      "logfile.numprocs",
      program("command=/bin/cat", "numprocs=2", "process_name=%(process_num)d", "stdout_logfile=/tmp/p.log"),
      { stdout_logfile: "/tmp/p_00.log" },
    ),
  ],
  [
    pitfall(
      "a group without commas",
      "group.separator",
      `[supervisord]\n\n[group:g]\nprograms=a b\n\n${TWO}`,
      {
        groups: [{ name: "g", processes: [{ name: "a" }, { name: "b" }] }],
      },
    ),
    pitfall(
      "a group of strangers",
      "group.unknown-program",
      `[supervisord]\n\n[group:g]\nprograms=a,bb\n\n${TWO}`,
      {
        groups: [{ name: "g", processes: [{ name: "a" }, { name: "b" }] }],
      },
    ),
  ],
  [
    pitfall(
      "a program in two groups",
      "group.twice",
      `[supervisord]\n\n[group:g]\nprograms=a\n\n[group:h]\nprograms=a,b\n\n${TWO}`,
      {
        groups: [
          { name: "g", processes: [{ name: "a" }] },
          { name: "h", processes: [{ name: "b" }] },
        ],
      },
    ),
  ],
  [
    pitfall("an include with commas", "include.comma", "[supervisord]\n\n[include]\nfiles=a.conf,b.conf\n", {
      include_files: [],
    }),
  ],
  [
    pitfall("an indented option", "entry.glued", program("command=/bin/cat", "  autostart=false"), {
      command: "/bin/cat",
      autostart: false,
    }),
    pitfall("a backslash at the end", "command.backslash", program("command=app \\", "  --more"), {
      command: "app --more",
    }),
    pitfall("a Windows path", "command.backslash", program("command=C:\\app\\run"), {
      command: "C:/app/run",
    }),
  ],
  [
    value("bytes with M", "bytes", "stdout_logfile_maxbytes=50M", {
      stdout_logfile_maxbytes: 50 * 1024 * 1024,
    }),
    value("seconds with s", "integer", "stopwaitsecs=10s", { stopwaitsecs: 10 }),
    value("half a second", "integer", "startsecs=1.5", { startsecs: 2 }),
    value("a word of systemd", "autorestart", "autorestart=on-failure", { autorestart: "unexpected" }),
    value("codes with semicolons", "exitcodes", "exitcodes=0;2", { exitcodes: [0, 2] }),
    pitfall("loglevel=warning", "value.loglevel", "[supervisord]\nloglevel=warning\n", {
      supervisord: { loglevel: "warn" },
    }),
    pitfall("a name with a space", "name.invalid", "[supervisord]\n\n[program:a b]\ncommand=/bin/cat\n", {
      name: "a-b",
    }),
    pitfall("a username alone", "server.credentials", server("username=u"), {
      http_servers: [{ username: null }],
    }),
    pitfall(
      "no interface",
      "rpcinterface.missing",
      "[supervisord]\n\n[inet_http_server]\nport=127.0.0.1:9001\n",
      { rpcinterfaces: [{ name: "supervisor" }] },
    ),
    pitfall(
      "a listener that mixes its outputs",
      "listener.redirect-stderr",
      "[supervisord]\n\n[eventlistener:p]\ncommand=/bin/cat\nevents=TICK_5\nredirect_stderr=true\n",
      { redirect_stderr: false },
    ),
    pitfall(
      "another address for supervisorctl",
      "supervisorctl.serverurl",
      `${server()}\n[supervisorctl]\nserverurl=unix:///tmp/other.sock\n`,
      { http_servers: [{ port: 9001 }] },
    ),
  ],
];
