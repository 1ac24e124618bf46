import { readdirSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import type { Server } from "node:http";
import { type RuntimeFolder, runtimeFolder } from "../client/runtime-folder.ts";
import type { Configuration } from "../config/configuration.ts";
import { diffGroups, type GroupDiff } from "../config/diff.ts";
import { startOrder } from "../core/order.ts";
import { ActivityLog } from "../io/activity-log.ts";
import { makePrivateFolder } from "../io/listen.ts";
import { LogFile } from "../io/log-file.ts";
import { becomeUser } from "../io/privileges.ts";
import { Syslog } from "../io/syslog.ts";
import { watchFiles } from "../io/watch-files.ts";
import { fault } from "../protocol/faults.ts";
import { Supervisor } from "../runtime/supervisor.ts";
import type { Daemon } from "../server/daemon.ts";
import { HttpFront } from "../server/http-front.ts";
import { isUp, namespecOf } from "../server/rpc/control.ts";
import { SUPERVISOR_VERSION } from "../version.ts";
import { explainRefusal, type Loaded } from "./load.ts";
import { ownServer } from "./plan.ts";
import { closeServers, openServers } from "./servers.ts";
import { removeOldAutoLogs, surroundingsOf } from "./surroundings.ts";

/** How a run of the daemon ended: for good, or to start over. */
export type Outcome = "shutdown" | "restart";

export type RunOptions = {
  readonly loaded: Loaded;
  readonly configuration: Configuration;
  /** Reads the configuration again. */
  readonly reload: () => Loaded;
  /** Log lines go here too, in the foreground. */
  readonly echo: ((line: string) => void) | null;
  /** Everything is open and programs are being started. */
  readonly onReady: () => void;
};

const RUNNING_AS_ROOT =
  "Supervisor is running as root.  Privileges were not dropped because no user is specified in the config file.  If you intend to run as root, you can set user=root in the config file to avoid this message.";

/** Runs the daemon until somebody ends it. Rejects if it cannot start: nothing has been started then. */
export async function run(options: RunOptions): Promise<Outcome> {
  const { configuration } = options;
  const settings = configuration.supervisord;
  if (settings.uid !== null) becomeUser(settings.uid);
  const folder = runtimeFolder(configuration.file);
  makePrivateFolder(folder.path);
  process.umask(settings.umask);
  const log = openLog(configuration, options.echo);
  const end = Promise.withResolvers<Outcome>();
  const syslog = new Syslog((message) => log.write("error", message));
  if (settings.logfile === "syslog") log.lines.add((line) => syslog.write(line.trimEnd()));
  const supervisor = createSupervisor(configuration, folder, log, syslog);
  let { digest } = options.loaded;
  const daemon: Daemon = {
    supervisor,
    log,
    shutdown: () => end.resolve("shutdown"),
    restart: () => end.resolve("restart"),
    reread: () => {
      const loaded = options.reload();
      const diff = reread(supervisor, loaded);
      digest = loaded.digest;
      return diff;
    },
  };
  const warn = (message: string) => log.write("critical", message);
  const servers = await openServers(new HttpFront(daemon), configuration, folder.controlSocket, warn);
  writePidfile(settings.pidfile, log);
  log.write("info", `supervisord started with pid ${process.pid}`);
  if (process.getuid?.() === 0 && settings.uid === null) log.write("critical", RUNNING_AS_ROOT);
  const stopListening = listenToSignals(daemon);
  const stopWatching = watchFiles(options.loaded.files, () =>
    supervisor.setConfigChanged(options.reload().digest !== digest),
  );
  if (!settings.nocleanup) removeOldAutoLogs(settings, warn);
  supervisor.open(startOrder(configuration.groups));
  options.onReady();
  const outcome = await end.promise;
  await windDown(daemon, servers, outcome);
  await syslog.close();
  stopListening();
  stopWatching();
  rmSync(settings.pidfile, { force: true });
  if (outcome === "shutdown") removeRuntimeFolder(folder);
  return outcome;
}

/** The folder stays if logs are kept in it. */
function removeRuntimeFolder(folder: RuntimeFolder): void {
  rmSync(folder.fifos, { recursive: true, force: true });
  if (readdirSync(folder.path).length === 0) rmdirSync(folder.path);
}

function openLog(configuration: Configuration, echo: RunOptions["echo"]): ActivityLog {
  const { logfile, logfileMaxbytes, logfileBackups, loglevel } = configuration.supervisord;
  const file = logfile === "syslog" ? null : new LogFile(logfile, logfileMaxbytes, logfileBackups);
  const log = new ActivityLog(loglevel, file);
  if (echo !== null) log.lines.add(echo);
  return log;
}

function createSupervisor(
  configuration: Configuration,
  folder: RuntimeFolder,
  log: ActivityLog,
  syslog: Syslog,
): Supervisor {
  const settings = configuration.supervisord;
  const url = ownServer(configuration) ?? `unix://${folder.controlSocket}`;
  const identity = {
    identifier: settings.identifier,
    version: SUPERVISOR_VERSION,
    pid: process.pid,
    configFile: configuration.file,
    logfile: settings.logfile,
    startedAt: Date.now(),
  };
  const around = surroundingsOf(settings, folder.fifos, url, (level, message) => log.write(level, message));
  return new Supervisor(configuration, identity, {
    ...around,
    debugs: ["debug", "trace", "blather"].includes(settings.loglevel),
    stripsAnsi: settings.stripAnsi,
    syslog: (line) => syslog.write(line),
  });
}

/** The groups in force are compared with what is on disk; a file that is refused changes nothing. */
function reread(supervisor: Supervisor, loaded: Loaded): GroupDiff {
  if (loaded.configuration === null) throw fault("CANT_REREAD", explainRefusal(loaded));
  supervisor.setConfiguration(loaded.configuration);
  const active = [...supervisor.groups.values()].map(({ settings }) => settings);
  return diffGroups(active, loaded.configuration.groups);
}

function writePidfile(path: string, log: ActivityLog): void {
  try {
    writeFileSync(path, `${process.pid}\n`);
  } catch (error) {
    log.write("critical", `could not write pidfile ${path}: ${String(error)}`);
  }
}

/** Returns how to stop listening. An error that nobody expected must not take the programs down with the daemon. */
function listenToSignals(daemon: Daemon): () => void {
  const handlers: Readonly<Partial<Record<NodeJS.Signals, () => void>>> = {
    SIGTERM: () => exitOn("SIGTERM"),
    SIGINT: () => exitOn("SIGINT"),
    SIGQUIT: () => exitOn("SIGQUIT"),
    SIGHUP: () => {
      daemon.log.write("warn", "received SIGHUP indicating restart request");
      daemon.restart();
    },
    SIGUSR2: () => {
      daemon.log.write("info", "received SIGUSR2 indicating log reopen request");
      reopenLogs(daemon);
    },
  };
  const exitOn = (name: string) => {
    daemon.log.write("warn", `received ${name} indicating exit request`);
    daemon.shutdown();
  };
  const onError = (error: unknown) => {
    daemon.log.write(
      "critical",
      `unexpected error, going on: ${error instanceof Error ? error.stack : String(error)}`,
    );
  };
  process.on("uncaughtException", onError);
  const entries = Object.entries(handlers) as [NodeJS.Signals, () => void][];
  for (const [signal, handler] of entries) process.on(signal, handler);
  return () => {
    process.off("uncaughtException", onError);
    for (const [signal, handler] of entries) process.off(signal, handler);
  };
}

function reopenLogs({ log, supervisor }: Daemon): void {
  try {
    log.file?.reopen();
    for (const runner of supervisor.runners()) {
      runner.stdout.reopenLog();
      runner.stderr?.reopenLog();
    }
  } catch (error) {
    log.write("error", `could not reopen a log: ${String(error)}`);
  }
}

async function windDown(
  { supervisor, log }: Daemon,
  servers: readonly Server[],
  outcome: Outcome,
): Promise<void> {
  supervisor.setMood(outcome === "shutdown" ? "SHUTDOWN" : "RESTARTING");
  const names = supervisor.runnersInOrder().filter(isUp).map(namespecOf);
  if (names.length > 0) log.write("info", `waiting for ${names.join(", ")} to die`);
  await supervisor.stopAll();
  supervisor.close();
  await closeServers(servers);
}
