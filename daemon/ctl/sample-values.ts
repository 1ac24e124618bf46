import type { SectionKind } from "../config/schema.ts";

/** Header of each kind of section in the sample. */
export const SAMPLE_HEADERS: Readonly<Record<SectionKind, string>> = {
  unix_http_server: "unix_http_server",
  inet_http_server: "inet_http_server",
  supervisord: "supervisord",
  supervisorctl: "supervisorctl",
  rpcinterface: "rpcinterface:supervisor",
  ctlplugin: "ctlplugin:example",
  program: "program:example",
  "fcgi-program": "fcgi-program:example",
  eventlistener: "eventlistener:example",
  group: "group:example",
  include: "include",
};

/** What the sample sets, so that it works as it is; a section that is not here is a comment as a whole. */
export const SAMPLE_SETTINGS: Partial<Record<SectionKind, Readonly<Record<string, string>>>> = {
  unix_http_server: { file: "%(here)s/supervisord.sock" },
  supervisord: {},
  supervisorctl: { serverurl: "unix://%(here)s/supervisord.sock" },
  rpcinterface: { "supervisor.rpcinterface_factory": "supervisor.rpcinterface:make_main_rpcinterface" },
};

/** Values to begin with for options that have no default, or one that only the manual can write. */
export const SAMPLE_EXAMPLES: Readonly<Record<string, string>> = {
  allowed_hosts: "devbox.example",
  chown: "nobody:nogroup",
  username: "name",
  password: "secret",
  port: "127.0.0.1:9001",
  logfile: "supervisord.log",
  pidfile: "supervisord.pid",
  childlogdir: "/tmp",
  user: "nobody",
  directory: "/tmp",
  environment: 'NAME="value",OTHER="value"',
  history_file: "%(here)s/.supervisorctl-history",
  files: "conf.d/*.conf",
  command: "/usr/bin/python3 -m http.server 8000",
  umask: "022",
  env_files: "-.env",
  programs: "one,two",
  socket: "unix:///tmp/%(program_name)s.sock",
  socket_backlog: "128",
  socket_owner: "nobody:nogroup",
  events: "PROCESS_STATE",
  "supervisor.ctl_factory": "package.module:make_plugin",
};
