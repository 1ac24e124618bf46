import type { GroupSettings, LogLevel, ProcessSettings } from "../config/configuration.ts";
import { keyOf, type Past } from "../core/journal/read.ts";
import type { ProcessRecord, RecordedRun } from "../core/journal/record.ts";
import { shiftTimes } from "../core/journal/record.ts";
import { resume } from "../core/journal/resume.ts";
import { NEVER_RUN } from "../core/last-run.ts";
import { parseMarker } from "../core/run-marker.ts";
import type { Input } from "../core/step.ts";
import { clockOffsetMs } from "../io/boot.ts";
import type { Children } from "../io/children.ts";
import { findMarked, type Identity, isSame, startedAtOf, statOf } from "../io/process-identity.ts";
import type { ProcessRunner } from "./process-runner.ts";

/** A process of an earlier daemon that lives. */
type Living = { readonly identity: Identity; readonly name: string };

/** A process that goes on, what has happened to it meanwhile, and whether it must start anew. */
export type Resumption = {
  readonly runner: ProcessRunner;
  readonly missed: readonly Input[];
  readonly needsRestart: boolean;
};

/** What lives of the daemon before, for the processes of this one to go on with. */
export class Adoption {
  readonly #past: Past;
  readonly #leaders: readonly Living[];
  readonly #children: Children;
  readonly #log: (level: LogLevel, message: string) => void;
  readonly #taken = new Set<string>();

  /** `daemon` is what the markers of its programs begin with. */
  constructor(
    past: Past,
    daemon: string,
    children: Children,
    log: (level: LogLevel, message: string) => void,
  ) {
    this.#past = past;
    this.#leaders = leadersOf(findMarked((marker) => parseMarker(marker)?.daemon === daemon));
    this.#children = children;
    this.#log = log;
    if (past.kind === "damaged")
      log("warn", "the journal is damaged: what it does not tell is found by markers");
  }

  /** The settings with which a group can go on: a stderr that has a FIFO of its own must be read until its program ends. */
  adapted(group: GroupSettings): GroupSettings {
    const adapt = (process: ProcessSettings): ProcessSettings => {
      const record = this.#recordOf(group.name, process.name);
      if (!process.redirectStderr || record?.run?.separateStderr !== true) return process;
      if (this.#livingOf(group.name, process.name) === null) return process;
      const stderr = { ...process.stderr, logfile: record.logs.stderr };
      return { ...process, redirectStderr: false, stderr };
    };
    return { ...group, processes: group.processes.map(adapt) };
  }

  /** Lets a process go on where the daemon before left it; null where nothing is known of it. */
  resume(runner: ProcessRunner): Resumption | null {
    const { group, settings } = runner;
    const record = this.#recordOf(group, settings.name);
    const living = this.#livingOf(group, settings.name);
    const known = record ?? (living && foundRecord(group, settings.name, living));
    if (known === null) return null;
    const recorded = withIdentity(known.run, living);
    const process = shiftTimes(known.process, -clockOffsetMs());
    const stopTree = settings.stopTree && recorded !== null;
    const { run, missed } = resume(process, living?.pid ?? null, stopTree, performance.now());
    const goesOn = runner.resume({ run, last: known.last, recorded, isLiving: living !== null });
    // What an ended run left behind is stopped with it, where that is wanted.
    if (recorded !== null && (living !== null || stopTree)) this.#taken.add(recorded.marker);
    if (living !== null) this.#tellAdopted(runner, living);
    return { runner, missed, needsRestart: living !== null && !goesOn };
  }

  /** What lives and belongs to no process that goes on. */
  leftBehind(hasProcess: (group: string, name: string) => boolean): (Living & { readonly reason: string })[] {
    const recorded = [...this.#past.processes.values()].flatMap((record): Living[] => {
      const identity = this.#identityOf(record.run);
      return identity === null ? [] : [{ identity, name: keyOf(record) }];
    });
    const byPid = new Map([...recorded, ...this.#leaders].map((living) => [living.identity.pid, living]));
    return [...byPid.values()]
      .filter(({ identity }) => !this.#taken.has(identity.marker ?? ""))
      .map((living) => {
        const at = living.name.indexOf(":");
        const isKnown = hasProcess(living.name.slice(0, at), living.name.slice(at + 1));
        const reason = isKnown
          ? `it is left of an earlier run of ${living.name}`
          : `the configuration has no ${living.name} any more`;
        return { ...living, reason };
      });
  }

  #tellAdopted(runner: ProcessRunner, { pid }: Identity): void {
    const { name } = runner.settings;
    this.#log("info", `adopted: '${name}' with pid ${pid}`);
    if (!runner.isOutdated) return;
    this.#log(
      "warn",
      `${name} (pid ${pid}) runs with a command or environment that the configuration has no more; restart it to apply the new one`,
    );
  }

  #recordOf(group: string, name: string): ProcessRecord | null {
    return this.#past.processes.get(keyOf({ group, name })) ?? null;
  }

  /** The run of that process if it lives: as the journal knows it, else as its marker tells. */
  #livingOf(group: string, name: string): Identity | null {
    const record = this.#recordOf(group, name);
    const isSpawning = record?.process.state === "STARTING" && record.process.phase === "spawning";
    if (isSpawning) return this.#leaderWith((marker) => marker === record.run?.marker);
    if (record !== null && "pid" in record.process) return this.#identityOf(record.run);
    // A whole journal knows every run: what lives beside it is what an ended run left.
    if (this.#past.kind === "whole") return null;
    return this.#leaderWith((marker) => {
      const parsed = parseMarker(marker);
      return parsed?.group === group && parsed.name === name;
    });
  }

  #identityOf(run: RecordedRun | null): Identity | null {
    if (run?.pid == null || run.startTime === null) return null;
    const identity = { pid: run.pid, startTime: run.startTime, marker: run.marker };
    return this.#children.isKnown(run.pid) || isSame(identity) ? identity : null;
  }

  /** A program leads a session of its own; what left that session may have outlived it. */
  #leaderWith(wanted: (marker: string) => boolean): Identity | null {
    const found = this.#leaders.filter(
      ({ identity: { pid, marker } }) => wanted(marker ?? "") && statOf(pid)?.session === pid,
    );
    const [first] = found.sort((a, b) => Number(a.identity.startTime) - Number(b.identity.startTime));
    return first?.identity ?? null;
  }
}

/** Tells resumed processes what they missed, and restarts those that must start anew, each group's together. */
export function goOn(resumed: readonly Resumption[], log: (level: LogLevel, message: string) => void): void {
  for (const { runner, missed } of resumed) for (const input of missed) runner.give(input);
  const restarting = resumed.filter(
    ({ runner, needsRestart }) => needsRestart && runner.state !== "STOPPING",
  );
  void restart(
    restarting.map(({ runner }) => runner),
    log,
  );
}

/** A port is free only when all who accept on it are gone. */
async function restart(
  runners: readonly ProcessRunner[],
  log: (level: LogLevel, message: string) => void,
): Promise<void> {
  for (const runner of runners) {
    log("info", `${runner.settings.name} starts anew: what it talks through ended with the daemon before`);
    runner.give({ type: "stop" });
  }
  await Promise.all(runners.map((runner) => runner.untilRest()));
  for (const runner of runners) runner.start();
}

/** Of each run those that no other process of the same run started. */
function leadersOf(identities: readonly Identity[]): Living[] {
  const markers = new Map(identities.map(({ pid, marker }) => [pid, marker]));
  return identities.flatMap((identity) => {
    const parsed = parseMarker(identity.marker ?? "");
    const parent = statOf(identity.pid)?.ppid ?? 0;
    if (parsed === null || markers.get(parent) === identity.marker) return [];
    return [{ identity, name: keyOf(parsed) }];
  });
}

/** What can be said of a program that no journal tells of. */
function foundRecord(group: string, name: string, identity: Identity): ProcessRecord {
  const { pid, startTime, marker } = identity;
  const startedAt = startedAtOf(identity);
  const run = { marker: marker ?? "", pid, startTime, launch: "", separateStderr: false };
  return {
    type: "process",
    group,
    name,
    process: {
      state: "RUNNING",
      pid,
      startedAt: startedAt - Date.now() + performance.now() + clockOffsetMs(),
      quickRuns: 0,
    },
    last: { ...NEVER_RUN, startedAt },
    run,
    logs: { stdout: null, stderr: null },
  };
}

function withIdentity(run: RecordedRun | null, living: Identity | null): RecordedRun | null {
  if (run === null || living === null) return run;
  return { ...run, pid: living.pid, startTime: living.startTime };
}
