import { type Message, say } from "../../daemon/config/say.ts";
import type { SectionKind, ValueType } from "../../daemon/config/schema.ts";

/** A value to offer, with what it means where that does not speak for itself. */
export type Offer = { readonly value: string; readonly about?: Message };

/** How the values of a type are separated where it takes several. */
export function separatorOf(type: ValueType): string | null {
  return LIST_TYPES.has(type) ? "," : null;
}

/** The values that a type is made of, or usual examples of it. */
export function offersOf(kind: SectionKind, type: ValueType, option: string): readonly Offer[] {
  if (type === "logfile") return kind === "supervisord" ? [SYSLOG] : LOG_WORDS;
  if (type === "octal") return option === "umask" ? UMASKS : MODES;
  if (type === "plugin") return kind === "rpcinterface" ? [MAIN_INTERFACE] : [];
  if (type === "server-url") return kind === "supervisorctl" ? LOCAL_URLS : [AUTO_URL, ...LOCAL_URLS];
  return OFFERS[type] ?? [];
}

const LIST_TYPES: ReadonlySet<ValueType> = new Set(["program-names", "events", "exitcodes"]);

const SYSLOG: Offer = { value: "syslog", about: say`The system's log instead of a file` };
const LOG_WORDS: readonly Offer[] = [
  { value: "AUTO", about: say`A file in childlogdir, deleted when supervisord starts` },
  { value: "NONE", about: say`Nothing is kept` },
  { value: "/dev/stdout", about: say`The supervisor's own output; needs ..._logfile_maxbytes=0` },
  { value: "%(here)s/%(program_name)s.log", about: say`Beside the configuration file` },
];
const UMASKS: readonly Offer[] = [
  { value: "022", about: say`Others may read` },
  { value: "027", about: say`The group may read` },
  { value: "077", about: say`Nobody else may read` },
];
const MODES: readonly Offer[] = [
  { value: "0700", about: say`The owner only` },
  { value: "0770", about: say`The owner and the group` },
];
const MAIN_INTERFACE: Offer = {
  value: "supervisor.rpcinterface:make_main_rpcinterface",
  about: say`The standard interface, which supervisorctl needs`,
};
const AUTO_URL: Offer = { value: "AUTO", about: say`The server that this file defines` };
const LOCAL_URLS: readonly Offer[] = [
  { value: "unix:///run/supervisor.sock", about: say`A unix socket` },
  { value: "http://127.0.0.1:9001", about: say`A TCP port of this machine` },
];

const EVENTS: readonly Offer[] = [
  { value: "EVENT", about: say`Every event` },
  { value: "PROCESS_STATE", about: say`Every change of a process's state` },
  { value: "PROCESS_STATE_STARTING", about: say`A process is being started` },
  { value: "PROCESS_STATE_RUNNING", about: say`A process has stayed up for startsecs` },
  { value: "PROCESS_STATE_BACKOFF", about: say`A process ended before startsecs and will be tried again` },
  { value: "PROCESS_STATE_STOPPING", about: say`A process was asked to stop` },
  { value: "PROCESS_STATE_EXITED", about: say`A running process ended by itself` },
  { value: "PROCESS_STATE_STOPPED", about: say`A process ended after it was asked to` },
  { value: "PROCESS_STATE_FATAL", about: say`A process was given up after startretries` },
  { value: "PROCESS_STATE_UNKNOWN", about: say`A process is in a state that should not be` },
  { value: "REMOTE_COMMUNICATION", about: say`A client sent an event of its own` },
  { value: "PROCESS_LOG", about: say`A process wrote to stdout or stderr; needs ..._events_enabled` },
  { value: "PROCESS_LOG_STDOUT", about: say`A process wrote to stdout` },
  { value: "PROCESS_LOG_STDERR", about: say`A process wrote to stderr` },
  { value: "PROCESS_COMMUNICATION", about: say`A process sent a marked message; needs ..._capture_maxbytes` },
  { value: "PROCESS_COMMUNICATION_STDOUT", about: say`A marked message on stdout` },
  { value: "PROCESS_COMMUNICATION_STDERR", about: say`A marked message on stderr` },
  { value: "SUPERVISOR_STATE_CHANGE", about: say`The supervisor started or is stopping` },
  { value: "SUPERVISOR_STATE_CHANGE_RUNNING", about: say`The supervisor has started` },
  { value: "SUPERVISOR_STATE_CHANGE_STOPPING", about: say`The supervisor is stopping` },
  { value: "TICK", about: say`Every tick` },
  { value: "TICK_5", about: say`Every 5 seconds` },
  { value: "TICK_60", about: say`Every minute` },
  { value: "TICK_3600", about: say`Every hour` },
  { value: "PROCESS_GROUP", about: say`A group was added or removed` },
  { value: "PROCESS_GROUP_ADDED", about: say`A group was added` },
  { value: "PROCESS_GROUP_REMOVED", about: say`A group was removed` },
];

const OFFERS: Readonly<Partial<Record<ValueType, readonly Offer[]>>> = {
  boolean: [{ value: "true" }, { value: "false" }],
  autorestart: [
    { value: "unexpected", about: say`Restart unless the exit code is among exitcodes` },
    { value: "true", about: say`Always restart` },
    { value: "false", about: say`Never restart` },
  ],
  signal: [
    { value: "TERM", about: say`Asks to end: the usual signal` },
    { value: "INT", about: say`What Ctrl+C sends` },
    { value: "QUIT", about: say`Ends many servers after their last request` },
    { value: "HUP", about: say`Makes many daemons read their configuration again` },
    { value: "USR1", about: say`Means what the program makes of it` },
    { value: "USR2", about: say`Means what the program makes of it` },
    { value: "KILL", about: say`Ends at once; the program cannot tidy up` },
    { value: "ABRT", about: say`Ends with a core dump` },
    { value: "WINCH", about: say`Ends the workers of some servers gracefully` },
  ],
  loglevel: [
    { value: "critical", about: say`Only what ends the supervisor` },
    { value: "error" },
    { value: "warn" },
    { value: "info", about: say`Starts, stops and exits of processes` },
    { value: "debug", about: say`Also what processes write` },
    { value: "trace", about: say`Also what clients ask for` },
    { value: "blather", about: say`Everything` },
  ],
  bytes: [
    { value: "0" },
    { value: "1MB" },
    { value: "10MB" },
    { value: "50MB" },
    { value: "100MB" },
    { value: "1GB" },
  ],
  exitcodes: [{ value: "0" }, { value: "1" }, { value: "2" }],
  port: [
    { value: "127.0.0.1:9001", about: say`Reachable from this machine only` },
    { value: "*:9001", about: say`Reachable from the network: set username and password` },
  ],
  "process-name": [
    { value: "%(program_name)s" },
    { value: "%(program_name)s_%(process_num)02d", about: say`One name for each of numprocs` },
  ],
  "socket-url": [
    { value: "unix://%(here)s/%(program_name)s.sock", about: say`A unix socket` },
    { value: "tcp://127.0.0.1:9000", about: say`A TCP port of this machine` },
  ],
  events: EVENTS,
  "env-files": [{ value: "-.env", about: say`.env, which may be missing` }, { value: ".env" }],
  globs: [{ value: "conf.d/*.conf" }, { value: "supervisord.d/*.ini" }],
};
