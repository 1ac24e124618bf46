import { readdirSync, rmdirSync, rmSync } from "node:fs";
import { type RuntimeFolder, runtimeFolder } from "../client/runtime-folder.ts";
import type { Configuration } from "../config/configuration.ts";
import { diffGroups, type GroupDiff } from "../config/diff.ts";
import { startOrder } from "../core/order.ts";
import { ActivityLog } from "../io/activity-log.ts";
import { LastingLog } from "../io/lasting-log.ts";
import { makePrivateFolder } from "../io/listen.ts";
import { writePid } from "../io/pidfile.ts";
import { Syslog } from "../io/syslog.ts";
import { watchFiles } from "../io/watch-files.ts";
import { LoggerClient } from "../logger/client.ts";
import { fault } from "../protocol/faults.ts";
import type { WindowPolicy } from "../protocol/window-policy.ts";
import { Supervisor } from "../runtime/supervisor.ts";
import { Windows } from "../runtime/windows.ts";
import type { Daemon } from "../server/daemon.ts";
import { HttpFront } from "../server/http-front.ts";
import { packageVersion, SUPERVISOR_VERSION } from "../version.ts";
import { End, type Outcome, stopProcesses } from "./end.ts";
import { explainRefusal, type Loaded } from "./load.ts";
import { ownServer } from "./plan.ts";
import { type Notice, prepareProcess } from "./prepare.ts";
import { closeServers, openServers } from "./servers.ts";
import { listenToSignals } from "./signals.ts";
import { removeOldAutoLogs, surroundingsOf } from "./surroundings.ts";

export type RunOptions = {
  readonly loaded: Loaded;
  readonly configuration: Configuration;
  /** Reads the configuration again. */
  readonly reload: () => Loaded;
  /** Log lines go here too, in the foreground. */
  readonly echo: ((line: string) => void) | null;
  readonly allowOpenTcp: boolean;
  /** Null where the daemon does not depend on an editor's windows. */
  readonly lastWindow: WindowPolicy | null;
  /** Null where the daemon was restarted. */
  readonly first: FirstRun | null;
  /** To be logged before anything else. */
  readonly notices: readonly Notice[];
  /** Everything is open and programs are being started. */
  readonly onReady: () => void;
};

/** What is done in the first run only; `detach` leaves the terminal's surroundings once the servers are open. */
type FirstRun = { readonly detach: ((log: ActivityLog) => void) | null };

/** Runs the daemon until somebody ends it. Rejects if it cannot start: nothing has been started then. */
export async function run(options: RunOptions): Promise<Outcome> {
  const { configuration } = options;
  const settings = configuration.supervisord;
  const notices = prepareProcess(options.loaded, configuration, options.first !== null);
  const folder = runtimeFolder(configuration.file);
  makePrivateFolder(folder.path);
  const log = openLog(configuration, options.echo, (name, message) =>
    supervisor.setFault(`activity-log:${name}`, message),
  );
  const end = new End();
  const syslog = new Syslog((message) => log.write("error", message));
  if (settings.logfile === "syslog") log.lines.add((line) => syslog.write(line.trimEnd()));
  const logger = new LoggerClient(folder.loggerSocket, {
    log: (level, message) => log.write(level, message),
    setFault: (key, message) => supervisor.setFault(key, message),
  });
  const supervisor = createSupervisor(configuration, folder, { log, syslog, logger });
  for (const { level, message } of [...options.notices, ...notices]) log.write(level, message);
  const askToEnd = (wanted: Outcome) => {
    end.ask(wanted);
    // At once: what is asked after it is refused.
    const mood = end.outcome === "shutdown" ? "SHUTDOWN" : "RESTARTING";
    if (supervisor.mood !== mood) supervisor.setMood(mood);
  };
  let { digest } = options.loaded;
  const daemon: Daemon = {
    supervisor,
    log,
    shutdown: () => askToEnd("shutdown"),
    restart: () => askToEnd("restart"),
    reread: () => {
      const loaded = options.reload();
      const diff = reread(supervisor, loaded);
      digest = loaded.digest;
      supervisor.setOrigin({ digest });
      return diff;
    },
  };
  const { allowOpenTcp } = options;
  const setFault = (key: string, message: string | null) => supervisor.setFault(key, message);
  const restoreFolder = () => {
    makePrivateFolder(folder.path);
    for (const runner of supervisor.runners()) runner.restoreFifos();
  };
  const { controlSocket } = folder;
  const opening = { configuration, controlSocket, restoreFolder, allowOpenTcp, log, setFault };
  supervisor.setOrigin({ digest, isForEditor: options.lastWindow !== null });
  const windows = options.lastWindow && awaitWindows(options.lastWindow, daemon);
  const servers = await openServers(new HttpFront(daemon, windows), opening);
  options.first?.detach?.(log);
  await logger.start();
  const ownsPidfile = writePidfile(settings.pidfile, log);
  const stopListening = listenToSignals(daemon);
  const stopWatching = watchFiles(options.loaded.files, () =>
    supervisor.setConfigChanged(options.reload().digest !== digest),
  );
  if (!settings.nocleanup) removeOldAutoLogs(settings, (message) => log.write("warn", message));
  supervisor.open(startOrder(configuration.groups));
  options.onReady();
  await end.begun;
  windows?.close();
  await stopProcesses(supervisor, log);
  supervisor.close();
  await logger.finish();
  await closeServers(servers);
  await syslog.close();
  stopListening();
  stopWatching();
  if (ownsPidfile) rmSync(settings.pidfile, { force: true });
  if (end.outcome === "shutdown") removeRuntimeFolder(folder);
  return end.outcome;
}

function awaitWindows(initially: WindowPolicy, { log, shutdown }: Daemon): Windows {
  return new Windows(initially, () => {
    log.write(
      "warn",
      "the last window of the editor has gone, and its settings ask for the programs to stop then",
    );
    shutdown();
  });
}

/** The folder stays if logs are kept in it. */
function removeRuntimeFolder(folder: RuntimeFolder): void {
  rmSync(folder.fifos, { recursive: true, force: true });
  if (readdirSync(folder.path).length === 0) rmdirSync(folder.path);
}

function openLog(
  configuration: Configuration,
  echo: RunOptions["echo"],
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

function createSupervisor(
  configuration: Configuration,
  folder: RuntimeFolder,
  { log, syslog, logger }: { log: ActivityLog; syslog: Syslog; logger: LoggerClient },
): Supervisor {
  const settings = configuration.supervisord;
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
  const around = surroundingsOf(settings, folder, url, (level, message) => log.write(level, message));
  return new Supervisor(configuration, identity, {
    ...around,
    debugs: ["debug", "trace", "blather"].includes(settings.loglevel),
    stripsAnsi: settings.stripAnsi,
    syslog: (line) => syslog.write(line),
    logger,
  });
}

/** The groups in force are compared with what is on disk; a file that is refused changes nothing. */
function reread(supervisor: Supervisor, loaded: Loaded): GroupDiff {
  if (loaded.configuration === null) throw fault("CANT_REREAD", explainRefusal(loaded));
  supervisor.setConfiguration(loaded.configuration);
  const active = [...supervisor.groups.values()].map(({ settings }) => settings);
  return diffGroups(active, loaded.configuration.groups);
}

function writePidfile(path: string, log: ActivityLog): boolean {
  try {
    writePid(path);
  } catch {
    log.write("critical", `could not write pidfile ${path}`);
    return false;
  }
  log.write("info", `supervisord started with pid ${process.pid}`);
  return true;
}
