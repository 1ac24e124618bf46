import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { daemonKey, type RuntimeFolder, runtimeFolder } from "../../daemon/client/runtime-folder.ts";
import { parseMarker } from "../../daemon/core/run-marker.ts";
import { findMarked, statOf } from "../../daemon/io/process-identity.ts";
import { configAround, startDaemonOn, type TestDaemon, testEnvironment } from "./daemon.ts";
import { scratchFolder } from "./scratch.ts";

/** A place where daemons come and go on one configuration; whatever they started is gone when the test is over. */
export type CrashStage = {
  readonly folder: string;
  readonly configFile: string;
  readonly runtime: RuntimeFolder;
  /** Writes the configuration around these programs. */
  readonly configure: (programs: string) => void;
  readonly start: (args?: readonly string[]) => Promise<TestDaemon>;
  /** The pids of all that carries a marker of this place. */
  readonly marked: () => number[];
  /** The programs among them: what leads its session. */
  readonly leaders: () => { readonly name: string; readonly pid: number }[];
};

/** At loglevel debug, the usual one of tests, the daemon's own log repeats all that programs say. */
export function crashStage(programs: string, loglevel: "debug" | "info" = "debug"): CrashStage {
  const folder = scratchFolder();
  const configFile = join(folder, "supervisord.conf");
  const configure = (text: string) =>
    writeFileSync(configFile, configAround(folder, text).replace("loglevel=debug", `loglevel=${loglevel}`));
  configure(programs);
  const runtime = runtimeFolder(configFile, testEnvironment(folder));
  const key = daemonKey(runtime);
  const found = () => findMarked((marker) => parseMarker(marker)?.daemon === key);
  const marked = () => found().map(({ pid }) => pid);
  const leaders = () =>
    found()
      .filter(({ pid }) => statOf(pid)?.session === pid)
      .map(({ pid, marker }) => ({ pid, name: parseMarker(marker ?? "")?.name ?? "" }));
  onTestFinished(() => {
    for (const pid of marked()) kill(pid);
  });
  const start = async (args: readonly string[] = []) => {
    const daemon = await startDaemonOn(folder, configFile, args);
    // It answers once its programs have been started.
    await daemon.rpc.getState();
    return daemon;
  };
  return { folder, configFile, runtime, configure, start, marked, leaders };
}

/** Kills a daemon as nothing but a crash does, and waits until it is gone. */
export async function crash(daemon: TestDaemon): Promise<void> {
  daemon.process.kill("SIGKILL");
  await daemon.ended;
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It ended by itself.
    return;
  }
}
