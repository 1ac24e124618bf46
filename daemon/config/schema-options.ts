import type { OptionSpec, SectionKind, ValueType } from "./schema.ts";

function option(
  name: string,
  type: ValueType,
  byDefault: string | null,
  since: string,
  required = false,
): OptionSpec {
  return { name, type, default: byDefault, required, since };
}

/** An option beyond Supervisor's, which ignores it: whatever it says, the file stays valid there. */
function ownOption(name: string, type: ValueType, byDefault: string | null): OptionSpec {
  return { name, type, default: byDefault, required: false, since: null };
}

const READONLY = ownOption("readonly", "boolean", "false");

const STOP_TREE = ownOption("stop_tree", "boolean", "true");

/** What a `[program:x]` may say; event listeners and FastCGI programs inherit it. */
export const PROGRAM_OPTIONS: readonly OptionSpec[] = [
  option("command", "command", null, "3.0", true),
  option("process_name", "process-name", "%(program_name)s", "3.0"),
  option("numprocs", "integer", "1", "3.0"),
  option("numprocs_start", "integer", "0", "3.0"),
  option("priority", "integer", "999", "3.0"),
  option("autostart", "boolean", "true", "3.0"),
  option("startsecs", "integer", "1", "3.0"),
  option("startretries", "integer", "3", "3.0"),
  option("autorestart", "autorestart", "unexpected", "3.0"),
  option("exitcodes", "exitcodes", "0", "3.0"),
  option("stopsignal", "signal", "TERM", "3.0"),
  option("stopwaitsecs", "integer", "10", "3.0"),
  option("stopasgroup", "boolean", "false", "3.0b1"),
  option("killasgroup", "boolean", "false", "3.0a11"),
  option("user", "user", null, "3.0"),
  option("redirect_stderr", "boolean", "false", "3.0"),
  option("stdout_logfile", "logfile", "AUTO", "3.0"),
  option("stdout_logfile_maxbytes", "bytes", "50MB", "3.0"),
  option("stdout_logfile_backups", "integer", "10", "3.0"),
  option("stdout_capture_maxbytes", "bytes", "0", "3.0"),
  option("stdout_events_enabled", "boolean", "false", "3.0a7"),
  option("stdout_syslog", "boolean", "false", "4.0.0"),
  option("stderr_logfile", "logfile", "AUTO", "3.0"),
  option("stderr_logfile_maxbytes", "bytes", "50MB", "3.0"),
  option("stderr_logfile_backups", "integer", "10", "3.0"),
  option("stderr_capture_maxbytes", "bytes", "0", "3.0"),
  option("stderr_events_enabled", "boolean", "false", "3.0a7"),
  option("stderr_syslog", "boolean", "false", "4.0.0"),
  option("environment", "environment", null, "3.0"),
  ownOption("env_files", "env-files", null),
  option("directory", "directory", null, "3.0"),
  option("umask", "octal", null, "3.0"),
  option("serverurl", "server-url", "AUTO", "3.0"),
  STOP_TREE,
];

/** What each other kind of section may say, without what it inherits. */
export const SECTION_OPTIONS: Readonly<Record<Exclude<SectionKind, "program">, readonly OptionSpec[]>> = {
  unix_http_server: [
    option("file", "path", null, "3.0", true),
    option("chmod", "octal", "0700", "3.0"),
    option("chown", "chown", null, "3.0"),
    option("username", "text", null, "3.0"),
    option("password", "password", null, "3.0"),
    READONLY,
  ],
  inet_http_server: [
    option("port", "port", null, "3.0", true),
    option("username", "text", null, "3.0"),
    option("password", "password", null, "3.0"),
    READONLY,
    ownOption("allowed_hosts", "text", null),
  ],
  supervisord: [
    option("logfile", "logfile", "$CWD/supervisord.log", "3.0"),
    option("logfile_maxbytes", "bytes", "50MB", "3.0"),
    option("logfile_backups", "integer", "10", "3.0"),
    option("loglevel", "loglevel", "info", "3.0"),
    option("pidfile", "path", "$CWD/supervisord.pid", "3.0"),
    option("umask", "octal", "022", "3.0"),
    option("nodaemon", "boolean", "false", "3.0"),
    option("silent", "boolean", "false", "4.2.0"),
    option("minfds", "integer", "1024", "3.0"),
    option("minprocs", "integer", "200", "3.0"),
    option("nocleanup", "boolean", "false", "3.0"),
    option("childlogdir", "directory", null, "3.0"),
    option("user", "user", null, "3.0"),
    option("directory", "directory", null, "3.0"),
    option("strip_ansi", "boolean", "false", "3.0"),
    option("environment", "environment", null, "3.0"),
    option("identifier", "text", "supervisor", "3.0"),
    STOP_TREE,
  ],
  supervisorctl: [
    option("serverurl", "server-url", "http://localhost:9001", "3.0"),
    option("username", "text", null, "3.0"),
    option("password", "password", null, "3.0"),
    option("prompt", "text", "supervisor", "3.0"),
    option("history_file", "path", null, "3.0a5"),
  ],
  include: [option("files", "globs", null, "3.0", true)],
  group: [
    option("programs", "program-names", null, "3.0", true),
    option("priority", "integer", "999", "3.0"),
  ],
  "fcgi-program": [
    option("socket", "socket-url", null, "3.0", true),
    option("socket_backlog", "integer", null, "3.4.0"),
    option("socket_owner", "chown", null, "3.0"),
    option("socket_mode", "octal", "0700", "3.0"),
  ],
  eventlistener: [
    option("buffer_size", "integer", "10", "3.0"),
    option("events", "events", null, "3.0", true),
    option("result_handler", "plugin", "supervisor.dispatchers:default_handler", "3.0"),
  ],
  rpcinterface: [option("supervisor.rpcinterface_factory", "plugin", null, "3.0", true)],
  ctlplugin: [option("supervisor.ctl_factory", "plugin", null, "3.0", true)],
};
