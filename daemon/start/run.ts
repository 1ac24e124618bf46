import { readdirSync, rmdirSync, rmSync } from "node:fs";
import { type RuntimeFolder, runtimeFolder } from "../client/runtime-folder.ts";
import type { Configuration } from "../config/configuration.ts";
import { stackOf } from "../core/stack-of.ts";
import type { ActivityLog } from "../io/activity-log.ts";
import type { DaemonLock } from "../io/daemon-lock.ts";
import { answers, makePrivateFolder } from "../io/listen.ts";
import { FileWatch } from "../io/watch-files.ts";
import type { WindowPolicy } from "../protocol/window-policy.ts";
import { Windows } from "../runtime/windows.ts";
import type { Daemon } from "../server/daemon.ts";
import { HttpFront } from "../server/http-front.ts";
import { assemble, controls, type Parts } from "./assemble.ts";
import type { Carried } from "./continuity.ts";
import { End, type Outcome, stopProcesses } from "./end.ts";
import type { Loaded } from "./load.ts";
import { Pidfile } from "./pidfile.ts";
import { type Notice, prepareProcess } from "./prepare.ts";
import { alreadyRunning, closeServers, openServers } from "./servers.ts";
import { listenToSignals } from "./signals.ts";
import { removeOldAutoLogs } from "./surroundings.ts";

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
  readonly carried: Carried;
  /** Null where the daemon was restarted. */
  readonly first: FirstRun | null;
  /** To be logged before anything else. */
  readonly notices: readonly Notice[];
  /** Whether somebody asked for the end while nobody listened: what was taken over is to be stopped. */
  readonly endsAtOnce: () => boolean;
  /** Everything is open and programs are being started. */
  readonly onReady: () => void;
};

/** What is done in the first run only; `detach` leaves the terminal's surroundings once the servers are open. */
type FirstRun = { readonly detach: ((log: ActivityLog) => void) | null };

/** How a run ended, and what was asked for after it had given its programs up. */
export type Ended = { readonly outcome: Outcome; readonly asked: Outcome };

/** Runs the daemon until somebody ends it. Rejects if it cannot start: nothing has been started then. */
export async function run(options: RunOptions): Promise<Ended> {
  const { configuration, loaded } = options;
  const notices = prepareProcess(loaded, configuration, options.first !== null);
  makePrivateFolder(runtimeFolder(configuration.file).path);
  await becomeTheOne(options.carried.lock, configuration.file);
  const parts = assemble(configuration, options.carried, options.echo);
  const { log, supervisor } = parts;
  for (const { level, message } of [...options.notices, ...notices]) log.write(level, message);
  try {
    return await runUntilEnd(parts, options);
  } catch (error) {
    // Programs are not stopped for an error of the daemon.
    const leaves = "the daemon ends for an error, and leaves its programs to the next one";
    if (supervisor.groups.size > 0) log.write("critical", `${leaves}: ${stackOf(error)}`);
    throw error;
  }
}

async function runUntilEnd(parts: Parts, options: RunOptions): Promise<Ended> {
  const { configuration, loaded, allowOpenTcp } = options;
  const { supervisor, log, folder } = parts;
  const end = new End();
  const ready = Promise.withResolvers<void>();
  const watch = new FileWatch(() => lookAtConfiguration());
  // What a file includes may be another after each look at it.
  const reload = () => {
    const read = options.reload();
    watch.follow(read.files);
    return read;
  };
  const { daemon, lookAtConfiguration } = controls(parts, end, loaded, {
    reload,
    ready: ready.promise,
  });
  const setFault = (key: string, message: string | null) => supervisor.setFault(key, message);
  const restoreFolder = () => restoreRuntimeFolder(parts);
  const { controlSocket } = folder;
  const opening = { configuration, controlSocket, restoreFolder, allowOpenTcp, log, setFault };
  supervisor.setOrigin({ digest: loaded.digest, isForEditor: options.lastWindow !== null });
  const windows = options.lastWindow && awaitWindows(options.lastWindow, daemon);
  const servers = await openServers(new HttpFront(daemon, windows), opening);
  options.first?.detach?.(log);
  await parts.logger.start();
  const pidfile = new Pidfile(configuration.supervisord.pidfile, {
    log: (level, message) => log.write(level, message),
    setFault: (...fault) => supervisor.setFault(...fault),
  });
  const stopListening = listenToSignals(daemon);
  watch.follow(loaded.files);
  startPrograms(parts, configuration);
  ready.resolve();
  options.onReady();
  if (options.endsAtOnce()) daemon.shutdown();
  await end.begun;
  windows?.close();
  const outcome = await endPrograms(parts, end);
  await closeServers(servers);
  await parts.syslog.close();
  stopListening();
  watch.close();
  pidfile.remove();
  if (outcome === "shutdown") removeRuntimeFolder(folder);
  return { outcome, asked: end.outcome };
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

/** How long a daemon that is about to end may take to be gone, and how often it is looked, in milliseconds. */
const SUCCESSION_MS = 5000;
const LOOK_MS = 20;

/** Two daemons on one configuration would start every program twice. One that no longer answers is waited for. */
async function becomeTheOne(lock: DaemonLock, configFile: string): Promise<void> {
  const { path, controlSocket } = runtimeFolder(configFile);
  const latest = performance.now() + SUCCESSION_MS;
  while (!lock.take(path)) {
    if (performance.now() > latest || (await answers(controlSocket)))
      throw new Error(alreadyRunning(configFile));
    await new Promise((done) => setTimeout(done, LOOK_MS));
  }
}

/** The control socket is this daemon's by now: no other one touches what is kept for the next. */
function startPrograms({ continuity, supervisor, log }: Parts, configuration: Configuration): void {
  const settings = configuration.supervisord;
  continuity.read();
  const warn = (message: string) => log.write("warn", message);
  if (!settings.nocleanup) removeOldAutoLogs(settings, continuity.keptLogs(), warn);
  continuity.start(supervisor, configuration);
}

/** Returns how it ended: what is asked for later cannot bring back programs that were given up. */
async function endPrograms({ supervisor, continuity, logger, log }: Parts, end: End): Promise<Outcome> {
  const { outcome } = end;
  if (outcome === "keep" || outcome === "handOver") {
    supervisor.release();
    continuity.end(outcome);
    await logger.leave();
    return outcome;
  }
  await stopProcesses(supervisor, log);
  supervisor.close();
  continuity.end(end.outcome);
  await logger.finish();
  return end.outcome;
}

/** Makes it anew with all that it held, after somebody removed it. */
function restoreRuntimeFolder({ folder, supervisor, continuity }: Parts): void {
  makePrivateFolder(folder.path);
  for (const runner of supervisor.runners()) runner.restoreFifos();
  continuity.journal.restore();
}

/** The folder stays if logs are kept in it. */
function removeRuntimeFolder(folder: RuntimeFolder): void {
  rmSync(folder.fifos, { recursive: true, force: true });
  if (readdirSync(folder.path).length === 0) rmdirSync(folder.path);
}
