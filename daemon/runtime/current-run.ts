import { createHash } from "node:crypto";
import type { ProcessSettings } from "../config/configuration.ts";
import type { RecordedRun } from "../core/journal/record.ts";
import { type LentVariables, withLent } from "../core/lent-variables.ts";
import type { Children } from "../io/children.ts";
import { isSame, startTimeOf } from "../io/process-identity.ts";
import type { Exit } from "../protocol/event-stream.ts";
import type { AdoptedWatch } from "./adopted-watch.ts";

/** Who tells of the end of a run: the system for a child, a look now and then for one that is none. */
export type Watchers = { readonly children: Children; readonly adopted: AdoptedWatch };

/** The run that a process is in, or was in last: who it is among all processes of the system. */
export class CurrentRun {
  readonly #watchers: Watchers;
  #run: RecordedRun | null = null;
  #stopWatching: (() => void) | null = null;
  /** For the next run alone. */
  #lent: LentVariables = {};

  constructor(watchers: Watchers) {
    this.#watchers = watchers;
  }

  get recorded(): RecordedRun | null {
    return this.#run;
  }

  /** The next run gets these variables besides its own; none after it does. */
  lend(variables: LentVariables): void {
    this.#lent = variables;
  }

  /** A child is about to be spawned; its environment, with what is lent to it. */
  begin(
    marker: string,
    settings: ProcessSettings,
    environment: Readonly<Record<string, string>>,
  ): Record<string, string> {
    const launch = launchDigest(settings);
    this.#run = { marker, pid: null, startTime: null, launch, separateStderr: !settings.redirectStderr };
    const lent = this.#lent;
    this.#lent = {};
    return withLent(environment, lent);
  }

  /** The child is there. */
  spawned(pid: number, onExit: (exit: Exit) => unknown): void {
    this.#watchers.children.add(pid, onExit);
    if (this.#run !== null) this.#run = { ...this.#run, pid, startTime: startTimeOf(pid) };
  }

  /** Goes on with a run of an earlier daemon, or of this one before it started over. */
  takeOver(run: RecordedRun, isLiving: boolean, onExit: (exit: Exit) => unknown): void {
    this.#run = run;
    const { pid, startTime, marker } = run;
    if (!isLiving || pid === null || startTime === null) return;
    if (this.#watchers.children.claim(pid, onExit)) return;
    const onGone = () => onExit({ kind: "unknown" });
    this.#stopWatching = this.#watchers.adopted.add({ pid, startTime, marker }, onGone);
  }

  /** Nobody is told of its end from now on: somebody else goes on with it, and is told of one that is still `untold`. */
  release(untold: Exit | null): void {
    this.#stopWatching?.();
    if (this.#run?.pid != null) this.#watchers.children.release(this.#run.pid, untold);
  }

  /** Whether a signal to its pid will reach it, and not a stranger that was given the number: to be asked before each. */
  isThere(): boolean {
    const run = this.#run;
    if (run?.pid == null || this.#watchers.children.has(run.pid)) return true;
    const { pid, startTime, marker } = run;
    this.#watchers.adopted.expectEnd();
    return startTime !== null && isSame({ pid, startTime, marker });
  }

  /** Whether it was started with another command, or other surroundings, than these settings give. */
  isOutdated(settings: ProcessSettings): boolean {
    return this.#run !== null && this.#run.launch !== "" && this.#run.launch !== launchDigest(settings);
  }
}

/** Of all settings that a program itself is started with; the others concern the daemon only. */
function launchDigest(settings: ProcessSettings): string {
  const { command, directory, umask, uid, serverurl, redirectStderr, environment } = settings;
  const variables = Object.entries(environment).sort(([a], [b]) => (a < b ? -1 : 1));
  const files = settings.envFiles === null ? [] : [settings.envFiles];
  const facts = [command, directory, umask, uid, serverurl, redirectStderr, variables, ...files];
  return createHash("sha256").update(JSON.stringify(facts)).digest("hex").slice(0, 16);
}
