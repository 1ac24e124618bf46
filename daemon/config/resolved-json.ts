import type {
  Configuration,
  FcgiSocketSettings,
  GroupSettings,
  HttpServerSettings,
  LogSettings,
  ProcessSettings,
  SupervisordSettings,
  UserRef,
} from "./configuration.ts";
import type { Reading } from "./read.ts";
import { SIGNALS } from "./signals.ts";

/** A value of JSON. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** A reading as plain data, with Supervisor's own names for the settings. */
export function resolvedJson(reading: Reading): Json {
  const { configuration, refusal } = reading;
  return {
    ok: refusal === null,
    error: refusal,
    crash: false,
    fragment: reading.fragment,
    include_files: reading.includeFiles,
    warnings: reading.warnings,
    unresolved_plugins: configuration === null ? [] : reading.unresolvedPlugins,
    ...sectionsJson(configuration),
  };
}

function sectionsJson(configuration: Configuration | null): { readonly [name: string]: Json } {
  if (configuration === null) {
    return { supervisord: null, http_servers: null, rpcinterfaces: null, groups: null };
  }
  return {
    supervisord: supervisordJson(configuration.supervisord),
    http_servers: configuration.httpServers.map(serverJson),
    rpcinterfaces: configuration.rpcInterfaces.map(({ name, factory, options }) => ({
      name,
      factory,
      options,
    })),
    groups: configuration.groups.map(groupJson),
  };
}

/** The settings of the sections that only a start of the daemon puts in force, by their names. */
export function serverSections(configuration: Configuration): Readonly<Record<string, Json>> {
  return {
    supervisord: supervisordJson(configuration.supervisord),
    ...Object.fromEntries(configuration.httpServers.map((server) => [server.section, serverJson(server)])),
    ...Object.fromEntries(
      configuration.rpcInterfaces.map(({ name, factory, options }) => [
        `rpcinterface:${name}`,
        { factory, options },
      ]),
    ),
  };
}

/** The settings of a group itself, with Supervisor's names. */
export function groupOptions(group: GroupSettings): Readonly<Record<string, Json>> {
  const { name: _name, processes: _processes, ...options } = groupJson(group);
  return options;
}

/** The settings of a process, with Supervisor's names and ours. */
export function processOptions(process: ProcessSettings): Readonly<Record<string, Json>> {
  const { name: _name, ...options } = processJson(process);
  return {
    ...options,
    stopsignal: signalName(process.stopsignal),
    umask: process.umask === null ? null : process.umask.toString(8).padStart(3, "0"),
    stop_tree: process.stopTree,
  };
}

function signalName(number: number): string {
  const name = Object.keys(SIGNALS).find((key) => SIGNALS[key] === number);
  return name?.replace(/^SIG/, "") ?? String(number);
}

function supervisordJson(settings: SupervisordSettings): Json {
  return {
    nodaemon: settings.nodaemon,
    silent: settings.silent,
    user: settings.user,
    uid: accountJson(settings.uid, "user"),
    umask: settings.umask,
    directory: settings.directory,
    logfile: settings.logfile,
    logfile_maxbytes: settings.logfileMaxbytes,
    logfile_backups: settings.logfileBackups,
    loglevel: settings.loglevel,
    pidfile: settings.pidfile,
    identifier: settings.identifier,
    childlogdir: settings.childlogdir,
    minfds: settings.minfds,
    minprocs: settings.minprocs,
    nocleanup: settings.nocleanup,
    strip_ansi: settings.stripAnsi,
    environment: settings.environment,
    serverurl: settings.serverurl,
  };
}

/** An unchanged owner is -1, as in the system call. */
function serverJson(server: HttpServerSettings): Json {
  const { section, family, username, password } = server;
  if (server.family === "inet") {
    return { section, family, username, password, host: server.host, port: server.port };
  }
  const chown =
    server.owner === null
      ? [-1, -1]
      : [accountJson(server.owner.user, "user"), accountJson(server.owner.group, "group") ?? -1];
  return { section, family, username, password, file: server.file, chmod: server.chmod, chown };
}

function groupJson(group: GroupSettings): Readonly<Record<string, Json>> {
  const { name, priority, type } = group;
  const base = { name, priority, type, processes: group.processes.map(processJson) };
  if (group.type === "eventlistener") {
    const { bufferSize, events, resultHandler } = group;
    return { ...base, buffer_size: bufferSize, pool_events: events, result_handler: resultHandler };
  }
  return group.type === "fcgi" ? { ...base, socket: socketJson(group.socket) } : base;
}

function socketJson(socket: FcgiSocketSettings): Json {
  const { url, backlog } = socket;
  if (socket.family === "inet") return { url, backlog, host: socket.host, port: socket.port };
  return { url, backlog, path: socket.path, mode: socket.mode, owner: ownerJson(socket.owner) };
}

function ownerJson(owner: Extract<FcgiSocketSettings, { family: "unix" }>["owner"]): Json {
  if (owner === null) return null;
  const user = accountJson(owner.user, "user");
  if (owner.group === "primary") return [user, `gid-of:${user}`];
  return [user, accountJson(owner.group, "group") ?? -1];
}

function processJson(process: ProcessSettings): Readonly<Record<string, Json>> {
  return {
    name: process.name,
    command: process.command,
    directory: process.directory,
    umask: process.umask,
    priority: process.priority,
    autostart: process.autostart,
    autorestart: process.autorestart,
    startsecs: process.startsecs,
    startretries: process.startretries,
    stopsignal: process.stopsignal,
    stopwaitsecs: process.stopwaitsecs,
    stopasgroup: process.stopasgroup,
    killasgroup: process.killasgroup,
    exitcodes: process.exitcodes,
    redirect_stderr: process.redirectStderr,
    environment: process.environment,
    serverurl: process.serverurl,
    uid: accountJson(process.uid, "user"),
    ...logJson("stdout", process.stdout),
    ...logJson("stderr", process.stderr),
  };
}

function logJson(channel: "stdout" | "stderr", log: LogSettings): { readonly [name: string]: Json } {
  return {
    [`${channel}_logfile`]: log.logfile,
    [`${channel}_logfile_maxbytes`]: log.maxbytes,
    [`${channel}_logfile_backups`]: log.backups,
    [`${channel}_capture_maxbytes`]: log.captureMaxbytes,
    [`${channel}_events_enabled`]: log.eventsEnabled,
    [`${channel}_syslog`]: log.syslog,
  };
}

function accountJson(account: UserRef | null, kind: "user" | "group"): string | number | null {
  if (account === null) return null;
  return account.kind === "id" ? account.id : `${kind}:${account.name}`;
}
