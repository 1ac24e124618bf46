import { type RuntimeFolder, runtimeFolder } from "../client/runtime-folder.ts";
import type { Configuration, GroupSettings, LogLevel } from "../config/configuration.ts";
import { diffGroups, type GroupDiff } from "../config/diff.ts";
import { processChanges } from "../config/process-changes.ts";
import { sectionChanges } from "../config/section-changes.ts";
import { ActivityLog } from "../io/activity-log.ts";
import { LastingLog } from "../io/lasting-log.ts";
import { Syslog } from "../io/syslog.ts";
import { LoggerClient } from "../logger/client.ts";
import { fault } from "../protocol/faults.ts";
import type { ConfigPreview } from "../protocol/preview.ts";
import { Supervisor } from "../runtime/supervisor.ts";
import type { Daemon } from "../server/daemon.ts";
import { packageVersion, SUPERVISOR_VERSION } from "../version.ts";
import { type Carried, Continuity } from "./continuity.ts";
import type { End, Outcome } from "./end.ts";
import { explainRefusal, type Loaded } from "./load.ts";
import { ownServer } from "./plan.ts";
import { surroundingsOf } from "./surroundings.ts";

/** The parts of a run of the daemon, before anything is opened to others or started. */
export type Parts = {
  readonly folder: RuntimeFolder;
  readonly log: ActivityLog;
  readonly syslog: Syslog;
  readonly logger: LoggerClient;
  readonly supervisor: Supervisor;
  readonly continuity: Continuity;
};

/** Makes the parts of a run. Log lines go to `echo` too. */
export function assemble(
  configuration: Configuration,
  carried: Carried,
  echo: ((line: string) => void) | null,
): Parts {
  const settings = configuration.supervisord;
  const folder = runtimeFolder(configuration.file);
  const log = openLog(configuration, echo, (name, message) =>
    supervisor.setFault(`activity-log:${name}`, message),
  );
  const write = (level: LogLevel, message: string) => log.write(level, message);
  const syslog = new Syslog((message) => log.write("error", message));
  if (settings.logfile === "syslog") log.lines.add((line) => syslog.write(line.trimEnd()));
  const logger = new LoggerClient(folder.loggerSocket, {
    log: write,
    setFault: (key, message) => supervisor.setFault(key, message),
  });
  const continuity = new Continuity(folder, carried, () => supervisor, write);
  const url = ownServer(configuration) ?? `unix://${folder.controlSocket}`;
  const identity = {
    identifier: settings.identifier,
    version: SUPERVISOR_VERSION,
    build: packageVersion(),
    pid: process.pid,
    configFile: configuration.file,
    logfile: settings.logfile,
    startedAt: Date.now(),
  };
  const logsOf = (group: string, name: string) => continuity.logsOf(group, name);
  const supervisor = new Supervisor(configuration, identity, {
    ...surroundingsOf(settings, folder, url, logsOf, write),
    watchers: { children: carried.children, adopted: continuity.adopted },
    keptSockets: carried.keptSockets,
    journal: continuity.journal,
    debugs: ["debug", "trace", "blather"].includes(settings.loglevel),
    stripsAnsi: settings.stripAnsi,
    syslog: (line) => syslog.write(line),
    logger,
  });
  return { folder, log, syslog, logger, supervisor, continuity };
}

/** What requests and signals may do; `loaded` is the configuration in force, `reload` reads it again. */
export function controls(
  { supervisor, log, continuity }: Parts,
  end: End,
  loaded: Loaded,
  { reload, ready }: { readonly reload: () => Loaded; readonly ready: Promise<void> },
): { readonly daemon: Daemon; readonly lookAtConfiguration: () => void } {
  const askToEnd = (wanted: Outcome) => {
    end.ask(wanted);
    // At once: what is asked after it is refused.
    const mood = end.outcome === "shutdown" ? "SHUTDOWN" : "RESTARTING";
    if (supervisor.mood !== mood) supervisor.setMood(mood);
  };
  let { digest } = loaded;
  const daemon: Daemon = {
    supervisor,
    log,
    ready,
    leftovers: continuity.leftovers,
    shutdown: () => askToEnd("shutdown"),
    restart: () => askToEnd("restart"),
    reloadKeep: () => askToEnd("keep"),
    handOver: () => askToEnd("handOver"),
    reread: () => {
      const read = reload();
      const diff = reread(supervisor, read);
      digest = read.digest;
      supervisor.setOrigin({ digest });
      return diff;
    },
    preview: () => preview(supervisor, loaded, reload()),
  };
  return { daemon, lookAtConfiguration: () => supervisor.setConfigChanged(reload().digest !== digest) };
}

function openLog(
  configuration: Configuration,
  echo: ((line: string) => void) | null,
  onFault: (name: string, message: string | null) => void,
): ActivityLog {
  const { logfile, logfileMaxbytes, logfileBackups, loglevel } = configuration.supervisord;
  const target = { path: logfile, maxbytes: logfileMaxbytes, backups: logfileBackups };
  const file = logfile === "syslog" ? null : new LastingLog(target, onFault);
  file?.open();
  const log = new ActivityLog(loglevel, file);
  if (echo !== null) log.lines.add(echo);
  return log;
}

/**
 * The groups in force are compared with what is on disk; a file that is refused changes nothing. A group that still runs
 * with an older command than the one in force counts as changed.
 */
function reread(supervisor: Supervisor, loaded: Loaded): GroupDiff {
  const configuration = accepted(loaded);
  supervisor.setConfiguration(configuration);
  return differences(supervisor, configuration);
}

function preview(supervisor: Supervisor, inForce: Loaded, onDisk: Loaded): ConfigPreview {
  const configuration = accepted(onDisk);
  const diff = differences(supervisor, configuration);
  const sections = inForce.configuration === null ? [] : sectionChanges(inForce.configuration, configuration);
  return {
    ...diff,
    processes: processChanges(activeGroups(supervisor), configuration.groups, diff),
    sections,
  };
}

function accepted(loaded: Loaded): Configuration {
  if (loaded.configuration === null) throw fault("CANT_REREAD", explainRefusal(loaded));
  return loaded.configuration;
}

function differences(supervisor: Supervisor, { groups }: Configuration): GroupDiff {
  const diff = diffGroups(activeGroups(supervisor), groups);
  const named = new Set([...diff.added, ...diff.changed, ...diff.removed]);
  const outdated = [...supervisor.groups.values()]
    .filter(({ settings, runners }) => !named.has(settings.name) && [...runners.values()].some(isOutdated))
    .map(({ settings }) => settings.name);
  return { ...diff, changed: [...diff.changed, ...outdated] };
}

function activeGroups(supervisor: Supervisor): GroupSettings[] {
  return [...supervisor.groups.values()].map(({ settings }) => settings);
}

function isOutdated(runner: { readonly isOutdated: boolean }): boolean {
  return runner.isOutdated;
}
