/** A source of random numbers that a seed determines. */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** From 0 to `below` - 1. */
  roll(below: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  }

  chance(percent: number): boolean {
    return this.roll(100) < percent;
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.roll(items.length)];
    if (item === undefined) throw new Error("cannot pick from an empty list");
    return item;
  }
}

const HEADERS = [
  "supervisord",
  "supervisord",
  "program:a",
  "program:b",
  "program:c",
  "program: a",
  "program:x y",
  "program:",
  "group:g",
  "group:h",
  "eventlistener:e",
  "eventlistener:f:g",
  "fcgi-program:f",
  "fcgi-program:a",
  "unix_http_server",
  "inet_http_server",
  "unix_http_server:x",
  "inet_http_server:y",
  "supervisorctl",
  "rpcinterface:supervisor",
  "rpcinterface:x",
  "include",
  "DEFAULT",
  "Program:a",
  "other",
  "program:a]x",
  "program",
];

const OPTIONS = [
  "command",
  "command",
  "process_name",
  "numprocs",
  "numprocs_start",
  "priority",
  "autostart",
  "autorestart",
  "startsecs",
  "startretries",
  "exitcodes",
  "stopsignal",
  "stopwaitsecs",
  "stopasgroup",
  "killasgroup",
  "user",
  "redirect_stderr",
  "stdout_logfile",
  "stdout_logfile_maxbytes",
  "stdout_logfile_backups",
  "stdout_capture_maxbytes",
  "stdout_events_enabled",
  "stdout_syslog",
  "stderr_logfile",
  "stderr_logfile_maxbytes",
  "stderr_syslog",
  "environment",
  "environment",
  "directory",
  "umask",
  "serverurl",
  "programs",
  "programs",
  "events",
  "events",
  "buffer_size",
  "result_handler",
  "socket",
  "socket",
  "socket_backlog",
  "socket_owner",
  "socket_mode",
  "file",
  "port",
  "port",
  "chmod",
  "chown",
  "username",
  "password",
  "logfile",
  "logfile_maxbytes",
  "logfile_backups",
  "loglevel",
  "pidfile",
  "nodaemon",
  "silent",
  "minfds",
  "minprocs",
  "nocleanup",
  "childlogdir",
  "strip_ansi",
  "identifier",
  "files",
  "supervisor.rpcinterface_factory",
  "Command",
  "x",
  "\u0130x",
];

/** Values for the options that take few; the rest takes any text. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  numprocs: ["1", "2", "3", "0", "-1", "12", "x", "%(ENV_NUM)s"],
  numprocs_start: ["0", "1", "98", "-2"],
  process_name: [
    "%(program_name)s",
    "%(program_name)s_%(process_num)02d",
    "p%(process_num)s",
    "a b",
    "%(group_name)s-%(process_num)d",
    " n ",
    "%(process_num)x",
  ],
  priority: ["1", "999", "-5", "1_0", " 7 ", "１２", "x"],
  autostart: ["true", "FALSE", "on", "0", "yes", "maybe", "%(ENV_BOOL)s"],
  autorestart: ["true", "false", "unexpected", "UNEXPECTED", "on-failure", "1"],
  stopasgroup: ["true", "false"],
  killasgroup: ["true", "false"],
  redirect_stderr: ["true", "false"],
  exitcodes: ["0", "0,2", "", "256", "0, 1", "1,", "0 2", "-1"],
  stopsignal: ["TERM", "sigint", "9", "HUP", "0", "65", "rtmin", "SIG_IGN", "USR1 ", "", "34"],
  user: ["root", "0", "1000", "", "nobody", "-1", "%(ENV_APP_USER)s"],
  umask: ["022", "0o77", "8", "777", "-7", "", "0_7"],
  socket_mode: ["0700", "9", "0o7_7"],
  chmod: ["0700", "rwx", "777"],
  chown: ["root:root", "0:0", "alice", "alice:", ":x", "1:2:3"],
  socket_owner: ["root:root", "0", "alice", "a:"],
  stdout_logfile_maxbytes: ["0", "1MB", "10kb", "1 GB", "50M", "5_0MB", "kb", "1e3"],
  stderr_logfile_maxbytes: ["0", "1MB"],
  stdout_logfile: [
    "AUTO",
    "NONE",
    "off",
    "syslog",
    "/tmp/%(program_name)s.log",
    "~/x.log",
    "~root/x",
    "~nobody0/x",
    "%(ENV_PERCENT)s",
    "%%%%",
    "%(ENV_FORMAT)s",
    "%(process_num)d.log",
  ],
  stderr_logfile: ["AUTO", "none", "/tmp/e.log", "Syslog"],
  logfile: ["syslog", "/var/log/../x.log", "rel.log", "", "~/l", "//a", "/../a"],
  loglevel: ["info", "DEBUG", "warning", "warn", "10"],
  programs: ["a", "a,b", "a, b ,c", "a b", "", "a,,b", "f", "a,f", "b,a,nosuch", "c"],
  events: ["TICK_5", "PROCESS_STATE", "process_state,tick_60", "", "NOPE", "TICK_5,", "EVENT, EVENT"],
  buffer_size: ["10", "0", "1", "x"],
  result_handler: [
    "supervisor.dispatchers:default_handler",
    "nosuch:x",
    "a b",
    "x",
    ":y",
    "a.:b",
    "a:b [c]",
    "a:b:c",
  ],
  "supervisor.rpcinterface_factory": [
    "supervisor.rpcinterface:make_main_rpcinterface",
    "nosuch.module:f",
    "bad spec!",
  ],
  socket: [
    "unix:///tmp/f.sock",
    "unix://f.sock",
    "tcp://localhost:9000",
    "tcp://h:0",
    "tcp://H:70000",
    "tcp://h:9/x",
    "",
    "unix://%(here)s/../%(program_name)s.s",
    "unix:////a//b",
  ],
  socket_backlog: ["1", "0", "65535", "65536", "x"],
  file: ["/tmp/s.sock", "rel.sock", "%(here)s/../x.sock", "~/s", "", " /a "],
  port: [
    "9001",
    "*:9001",
    ":80",
    "127.0.0.1:9001",
    "HOST:1",
    "h:",
    "0",
    "65536",
    "a:0",
    "a:99999",
    "::1:5",
    "x",
    "1 2",
    "h:1x",
  ],
  files: [
    "*.conf",
    "inc/*.conf",
    "inc/a.conf inc/b.conf",
    "inc/[ab].conf",
    "inc/[!a]*",
    "nosuch/*.conf",
    "inc/.*",
    "../*.conf",
    "%(here)s/inc/*",
    "inc",
    "*/",
    "inc/?.conf",
    "inc/[a-b].c*",
    "inc/a-*.conf",
    "i[!x-z]c/*.co[n]f",
    "inc/[]*",
    "inc/.*.conf",
    "./inc//a.conf",
    "inc/*.conf/",
    "%(ENV_NOPE)s",
    "",
    "i*/b.conf",
  ],
  minfds: ["1024", "x", "-1"],
};

const WORDS = [
  "/bin/cat",
  "a",
  "b",
  "'x y'",
  '"q"',
  ";",
  "#",
  " ;c",
  "\t#d",
  "e;f",
  "g#h",
  "%",
  "%%",
  "%%%%",
  "%(here)s",
  "%(program_name)s",
  "%(process_num)d",
  "%(process_num)03d",
  "%(ENV_WORD)s",
  "%(ENV_NOPE)s",
  "%(ENV_PERCENT)s",
  "%(group_name)s",
  "%(numprocs)d",
  "%(host_node_name)s",
  "%(ENV_A)s",
  "%(program_name)",
  "%s",
  "%d",
  "%(x",
  "%(program_name)d",
  "%(process_num)5.2f",
  "%(process_num)#x",
  "%(process_num)e",
  "%(process_num)g",
  "%(process_num)c",
  "%(program_name)r",
  "%(program_name)-5s|",
  "%(program_name).1s",
  "%(process_num)*d",
  "%(process_num)+d",
  "% d",
  "%(ENV_WORD)10s",
  "%(ENV_DQUOTE)s",
  "%(ENV_SEMI)s",
  "%(ENV_EMPTY)s",
  "=",
  ":",
  ",",
  "A=1",
  'B="two words"',
  "C='x,y'",
  "D=%(ENV_WORD)s",
  "E=a#b",
  "F=a;b",
  'G=x"y',
  "H=",
  "k%(process_num)d=v",
  "PATH=/b:%(ENV_PATH)s",
  "é",
  "日本",
  "😀",
  "\u00a0",
  "\u2028",
  "\x1c",
  "\x0b",
  "\x85",
  "\ufeff",
  "\0",
  "\\",
  "\\\n",
  "[x]",
  "]",
  "`",
  "~",
  "*",
  "!",
  "-",
  "+2",
  "(",
  ")",
];

/** A configuration written at random, mostly near the rules. */
export function randomConfiguration(dice: Dice): string {
  const parts: string[] = dice.chance(85) ? ["[supervisord]\n"] : [];
  for (let sections = 1 + dice.roll(4); sections > 0; sections--) parts.push(randomSection(dice));
  const text = parts.join("");
  if (dice.chance(5)) return text.replaceAll("\n", "\r\n");
  return dice.chance(3) ? text.replaceAll("\n", "\r") : text;
}

function randomSection(dice: Dice): string {
  const header = dice.pick(HEADERS);
  const indent = dice.chance(4) ? " ".repeat(1 + dice.roll(3)) : "";
  let text = `${indent}[${header}]${dice.chance(5) ? dice.pick([" ;c", " x", "]", "# c"]) : ""}\n`;
  if (/^(program|fcgi|eventl)/.test(header) && dice.chance(85)) text += "command=/bin/cat\n";
  if (header.startsWith("fcgi") && dice.chance(70)) text += "socket=tcp://localhost:9000\n";
  if (header.startsWith("eventl") && dice.chance(80)) text += "events=TICK_5\n";
  if (header.startsWith("rpc") && dice.chance(80))
    text += "supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface\n";
  for (let lines = dice.roll(6); lines > 0; lines--) text += randomLine(dice);
  return text;
}

function randomLine(dice: Dice): string {
  const roll = dice.roll(100);
  if (roll < 4) return "\n";
  if (roll < 8) return `${dice.pick(["", " ", "\t"])}${dice.pick([";", "#"])} ${dice.pick(WORDS)}\n`;
  if (roll < 14) return `${dice.pick([" ", "  ", "\t", "\u00a0"])}${randomText(dice)}\n`;
  if (roll < 15) return `${randomText(dice)}\n`;
  const name = dice.pick(OPTIONS);
  const values = VALUES[name];
  const value = values !== undefined && dice.chance(85) ? dice.pick(values) : randomText(dice);
  const indent = dice.chance(4) ? dice.pick([" ", "\t", "  "]) : "";
  const delimiter = dice.pick(["=", "=", "=", " = ", ":", " : ", "= ", "=="]);
  const comment = dice.chance(8) ? dice.pick([" ; note", " # note", ";x", "\t;y"]) : "";
  return `${indent}${name}${delimiter}${value}${comment}\n`;
}

function randomText(dice: Dice): string {
  const words = Array.from({ length: 1 + dice.roll(4) }, () => dice.pick(WORDS));
  return words.join(dice.pick(["", " ", ",", ","]));
}

/** A configuration changed in a few places: bytes, lines and pieces of others. */
export function mutated(dice: Dice, text: string, others: readonly string[]): string {
  let result = text;
  for (let changes = 1 + dice.roll(4); changes > 0; changes--) result = mutateOnce(dice, result, others);
  return result;
}

function mutateOnce(dice: Dice, text: string, others: readonly string[]): string {
  const at = dice.roll(text.length + 1);
  const lines = text.split("\n");
  const line = dice.roll(lines.length);
  switch (dice.roll(8)) {
    case 0:
      return text.slice(0, at) + dice.pick(WORDS) + text.slice(at);
    case 1:
      return text.slice(0, at) + text.slice(at + 1 + dice.roll(5));
    case 2:
      return lines.toSpliced(line, 1).join("\n");
    case 3:
      return lines.toSpliced(line, 0, dice.pick(dice.pick(others).split("\n"))).join("\n");
    case 4:
      return lines.toSpliced(line, 0, randomLine(dice).trimEnd()).join("\n");
    case 5:
      return lines
        .with(line, `${dice.pick([" ", "\t", ""])}${lines[line]}${dice.pick([" ;", " #", ";", "", "\r"])}`)
        .join("\n");
    case 6:
      return lines.toSpliced(dice.roll(lines.length), 0, lines[line] ?? "").join("\n");
    default:
      return (
        text.slice(0, at) +
        dice.pick(["%", "=", ":", "[", "]", ",", '"', "'", " ", "\n", "\n ", ";", "#", "\\"]) +
        text.slice(at)
      );
  }
}
