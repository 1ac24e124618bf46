import type { ProcessSettings } from "../config/configuration.ts";
import { signalName } from "../config/signals.ts";
import { type EventSource, stateEvent } from "../core/events/payloads.ts";
import { shiftTimes } from "../core/journal/record.ts";
import { endedRun, type LastRun, NEVER_RUN } from "../core/last-run.ts";
import type { LentVariables } from "../core/lent-variables.ts";
import { Listeners } from "../core/listeners.ts";
import { type Process, pidOf, wakeAt } from "../core/process.ts";
import { hasLeftovers, IDLE, type Run, type RunInput, wakeAt as runWakeAt, stepRun } from "../core/run.ts";
import { snapshotOf } from "../core/snapshot.ts";
import { stackOf } from "../core/stack-of.ts";
import { describeSurvivors } from "../core/sweep.ts";
import type { Effect } from "../core/transition.ts";
import { clockOffsetMs } from "../io/boot.ts";
import { describeDispatchers } from "../io/dispatchers.ts";
import { EnvFileFailure } from "../io/env-files.ts";
import { isErrno } from "../io/errno.ts";
import { type Shortage, shortageIn } from "../io/shortage.ts";
import { spawnProgram } from "../io/spawn.ts";
import { ENDED_RUNS_KEPT, type EndedRun } from "../protocol/ended-run.ts";
import type { Exit, ProcessSnapshot } from "../protocol/event-stream.ts";
import { STOPPED_STATES, type StateName } from "../protocol/states.ts";
import { CurrentRun } from "./current-run.ts";
import type { Output } from "./output.ts";
import type { Left, Surroundings, Wiring } from "./process-surroundings.ts";
import { RunTree } from "./run-tree.ts";
import { Streams } from "./streams.ts";

export type Change = { readonly from: StateName; readonly snapshot: ProcessSnapshot };

/** One process in the real world: gives what happens to the reducer and does what it asks for. */
export class ProcessRunner {
  readonly group: string;
  readonly settings: ProcessSettings;
  readonly changes = new Listeners<Change>();
  readonly #around: Surroundings;
  readonly #streams: Streams;
  readonly #inputs: RunInput[] = [];
  readonly #current: CurrentRun;
  readonly #tree: RunTree;
  readonly #swept = new Listeners<void>();
  /** Where an event listener is in its protocol, only the daemon that spoke to it knows. */
  readonly #keepsNoProtocol: boolean;
  /** The pid of the run that events are about, 0 for none: the end of a run is told while its pid is gone already. */
  #eventPid = 0;
  #run: Run = IDLE;
  #last: LastRun = NEVER_RUN;
  /** The latest first. */
  #endedRuns: readonly EndedRun[] = [];
  #busy = false;
  #isReleased = false;
  /** How its run ended, while that is held back. */
  #untold: Exit | null = null;

  constructor(group: string, settings: ProcessSettings, around: Surroundings, wiring: Wiring) {
    this.group = group;
    this.settings = settings;
    this.#around = around;
    this.#tree = new RunTree({ group, name: settings.name }, around, (input) => this.give(input));
    this.#current = new CurrentRun(around.watchers);
    const { onStdout } = wiring;
    this.#keepsNoProtocol = onStdout === null;
    this.#streams = new Streams(group, settings, around, {
      stdin: wiring.stdin,
      onStdout: onStdout && ((data) => onStdout(this, data)),
      source: () => this.#source(),
    });
  }

  get stdout(): Output {
    return this.#streams.stdout;
  }

  /** Null where stderr goes into stdout. */
  get stderr(): Output | null {
    return this.#streams.stderr;
  }

  /** The FIFOs that its streams go through. */
  get fifos(): readonly string[] {
    return this.#streams.fifos;
  }

  get #process(): Process {
    return this.#run.process;
  }

  get state(): StateName {
    return this.#process.state;
  }

  get pid(): number | null {
    return pidOf(this.#process);
  }

  get last(): LastRun {
    return this.#last;
  }

  /** How its last runs ended since this daemon started, the latest first. */
  get endedRuns(): readonly EndedRun[] {
    return this.#endedRuns;
  }

  /** What the run that is or was last, and all that it started, have in their environment; null before the first. */
  get marker(): string | null {
    return this.#current.recorded?.marker ?? null;
  }

  /** Whether it runs with other settings than it would be started with. */
  get isOutdated(): boolean {
    return this.pid !== null && this.#current.isOutdated(this.settings);
  }

  /** Whether it is down, but about to be started again. */
  get awaitsRestart(): boolean {
    return this.#process.state === "EXITED" && this.#process.restart !== null;
  }

  /** Whether something that its last run left behind is being stopped. */
  get hasLeftovers(): boolean {
    return hasLeftovers(this.#run);
  }

  /** What could not be stopped of its last run, in words; null for nothing. */
  get abandoned(): string | null {
    const { abandoned } = this.#run;
    return abandoned.length === 0 ? null : describeSurvivors(abandoned);
  }

  /** Whether it is down, and nothing of its last run is left or still looked for. */
  get rests(): boolean {
    return STOPPED_STATES.has(this.state) && this.#run.sweep === null;
  }

  snapshot(process: Process = this.#process): ProcessSnapshot {
    return snapshotOf({
      group: this.group,
      settings: this.settings,
      process,
      last: this.#last,
      run: this.#run,
      logs: { stdout: this.stdout.logfile, stderr: this.stderr?.logfile ?? null },
      outdated: pidOf(process) !== null && this.#current.isOutdated(this.settings),
      epochMs: Date.now() - performance.now(),
    });
  }

  /** Somebody wants it up, in this one run with these variables besides its own. */
  start(lent: LentVariables = {}): void {
    this.#current.lend(lent);
    this.give({ type: "start" });
  }

  /** Something happened. Inputs that come while another is dealt with wait their turn. */
  give(input: RunInput): void {
    this.#inputs.push(input);
    if (this.#busy || this.#isReleased) return;
    this.#busy = true;
    try {
      for (let next = this.#inputs.shift(); next !== undefined; next = this.#inputs.shift()) {
        const input = next;
        this.#attempt(() => this.#take(input));
      }
    } finally {
      this.#busy = false;
    }
  }

  /** Resolves once the state satisfies `wanted`, at once if it does already. */
  async until(wanted: (state: StateName) => boolean): Promise<StateName> {
    while (!wanted(this.state)) await this.changes.next();
    return this.state;
  }

  /** Sends a signal that is not meant to stop it; what went wrong, or null. */
  signal(number: number): string | null {
    const { pid } = this;
    const { name } = this.settings;
    if (pid === null) return `attempted to send ${name} sig ${signalName(number)} but it wasn't running`;
    if (!this.#current.isThere()) return null;
    this.#around.log("debug", `sending ${name} (pid ${pid}) sig ${signalName(number)}`);
    try {
      process.kill(pid, number);
      return null;
    } catch (error) {
      if (isErrno(error, "ESRCH")) return null;
      return `unknown problem sending sig ${name} (${pid}): ${String(error)}`;
    }
  }

  /** Resolves once it rests. */
  async untilRest(): Promise<void> {
    await this.until((state) => STOPPED_STATES.has(state));
    if (!this.rests) await this.#swept.next();
  }

  /** Makes the FIFOs of a living child findable again after their folder was removed. */
  restoreFifos(): void {
    if (this.pid !== null) this.#streams.restore(this.pid);
  }

  /** Writes to its stdin; false if it has none, or has closed it. */
  writeStdin(text: string): boolean {
    return this.#streams.stdin.write(text);
  }

  /**
   * Goes on where the daemon before left it, before anything else happens to it; false for a living program that must
   * start anew, because what it reads from is lost.
   */
  resume({ run, last, recorded, isLiving }: Left): boolean {
    this.#run = run;
    this.#last = last;
    this.#eventPid = this.pid ?? 0;
    this.#around.setDeadline(this, runWakeAt(run));
    if (recorded !== null) this.#current.takeOver(recorded, isLiving, this.#onExit);
    if (recorded !== null && this.settings.stopTree)
      this.#tree.begin({ ...recorded, pid: isLiving ? recorded.pid : null, abandoned: [] });
    if (run.sweep !== null) this.#tree.perform({ type: "look" });
    if (!isLiving) return true;
    this.#attempt(() => this.restoreFifos());
    for (const output of this.#streams.outputs) this.#attempt(() => output.adopt());
    return this.#streams.stdin.adopt() && this.#keepsNoProtocol;
  }

  /** Gives everything up but lets the program run on: a daemon after this one goes on with it. */
  release(): void {
    this.#isReleased = true;
    this.#around.setDeadline(this, null);
    this.#current.release(this.#untold);
    this.#streams.release();
  }

  /** Forgets descriptors and FIFOs; only for a process that is down. */
  close(): void {
    this.#around.setDeadline(this, null);
    this.#around.journal.forget(this.group, this.settings.name);
    this.#streams.close();
  }

  /** An end is told only when all that the program said is in its logs, and was told; until then nothing is due. */
  readonly #onExit = async (exit: Exit): Promise<void> => {
    this.#untold = exit;
    this.#around.setDeadline(this, null);
    await Promise.all(this.#streams.outputs.map((output) => output.drain()));
    this.#untold = null;
    this.give({ type: "exited", exit });
  };

  #remember(): void {
    this.#around.journal.remember({
      type: "process",
      group: this.group,
      name: this.settings.name,
      process: shiftTimes(this.#process, clockOffsetMs()),
      last: this.#last,
      run: this.#current.recorded,
      logs: { stdout: this.stdout.logfile, stderr: this.stderr?.logfile ?? null },
    });
  }

  #source(): EventSource {
    return { name: this.settings.name, group: this.group, pid: this.#eventPid };
  }

  #take(input: RunInput): void {
    if (input.type === "exited") this.#attempt(() => this.#noteExit(input.exit));
    if (input.type === "spawned") this.#attempt(() => this.#noteSpawn(input.pid));
    const { process: before, sweep } = this.#run;
    const { next: run, effects } = stepRun(this.#run, input, this.settings, performance.now());
    this.#run = run;
    const [from, next] = [before.state, run.process];
    for (const effect of effects) this.#attempt(() => this.#perform(effect));
    this.#around.setDeadline(this, runWakeAt(run));
    if (sweep !== null && run.sweep === null) this.#swept.tell();
    const isSpawning = next.state === "STARTING" && next.phase === "spawning";
    if (next !== before && !isSpawning) this.#remember();
    // The pid comes after the state: those who watch a start want to know it.
    if (input.type === "spawned" && next.state === from) this.#tell(from, next);
    if (STOPPED_STATES.has(next.state) && !this.awaitsRestart) this.#streams.stdin.rested();
  }

  #noteSpawn(pid: number): void {
    this.#eventPid = pid;
    this.#noteShortage(null);
    const { recorded } = this.#current;
    if (recorded !== null && this.settings.stopTree)
      this.#tree.begin({ ...recorded, pid, abandoned: this.#run.abandoned });
  }

  /** What nobody expected to go wrong is told, and keeps neither this process nor another from going on. */
  #attempt(act: () => void): void {
    try {
      act();
    } catch (error) {
      const name = `${this.group}:${this.settings.name}`;
      this.#around.log("critical", `unexpected error at ${name}, going on: ${stackOf(error)}`);
    }
  }

  #noteExit(exit: Exit): void {
    this.#streams.stdin.ended();
    const tooQuick = this.#process.state === "STARTING" && performance.now() < (wakeAt(this.#process) ?? 0);
    const { last, run } = endedRun(this.#last, exit, Date.now(), tooQuick);
    this.#endedRuns = [run, ...this.#endedRuns].slice(0, ENDED_RUNS_KEPT);
    this.#last = last;
  }

  #perform(effect: Effect): void {
    switch (effect.type) {
      case "changed":
        if (effect.to.state === "STARTING")
          this.#last = { ...NEVER_RUN, startedAt: Date.now(), stoppedAt: this.#last.stoppedAt };
        this.#around.bus.notify(stateEvent(this.#source(), effect.from, effect.to));
        if (pidOf(effect.to) === null) this.#eventPid = 0;
        if (effect.to.state !== "STARTING" && effect.to.state !== "BACKOFF") this.#noteShortage(null);
        this.#tell(effect.from, effect.to);
        break;
      case "spawn":
        this.#spawn();
        break;
      case "signal":
        this.#kill(effect.pid, effect.signal, effect.group);
        break;
      case "note-tree":
      case "kill-tree":
      case "look":
      case "signal-survivor":
        this.#tree.perform(effect);
        break;
      case "leftovers":
        this.#tree.abandon(this.abandoned);
        this.#tell(this.state, this.#process);
        break;
      case "log":
        this.#around.log(effect.level, effect.message);
        break;
      case "spawn-error":
        this.#last = { ...this.#last, spawnError: effect.reason };
        break;
    }
  }

  #tell(from: StateName, process: Process): void {
    this.changes.tell({ from, snapshot: this.snapshot(process) });
  }

  #spawn(): void {
    const closes: (() => void)[] = [];
    try {
      const descriptors = this.#streams.open(closes);
      const marker = this.#around.marker(this.group, this.settings.name);
      const own = this.#around.environment(this.settings, this.group, marker);
      const environment = this.#current.begin(marker, this.settings, own);
      // Before the spawn: if the daemon dies right after it, the child is found by its marker.
      this.#remember();
      spawnProgram(this.settings, environment, descriptors, {
        spawned: (pid) => {
          this.#current.spawned(pid, this.#onExit);
          this.give({ type: "spawned", pid });
        },
        failed: (reason, shortage) => this.#failToSpawn(reason, shortage),
        exited: (pid, exit) => this.#around.watchers.children.end(pid, exit),
      });
    } catch (error) {
      const isOfFile = error instanceof EnvFileFailure;
      const reason = isOfFile ? error.message : describeDispatchers(this.settings.name, error);
      this.#failToSpawn(reason, shortageIn(error));
    } finally {
      // The child has copies of its own; without ours its end is the end of the stream.
      for (const close of closes) close();
    }
  }

  #failToSpawn(reason: string, shortage: Shortage | null): void {
    const hasRun = this.#last.stoppedAt !== null;
    const counts = shortage !== null && (shortage.of === "system" || hasRun);
    this.#noteShortage(counts ? shortage.what : null);
    this.give({ type: "spawn-failed", reason, isShortage: counts });
  }

  #noteShortage(what: string | null): void {
    this.#around.noteShortage(`${this.group}:${this.settings.name}`, what);
  }

  #kill(pid: number, signal: number, group: boolean): void {
    // Gone already: its exit is on the way.
    if (!this.#current.isThere()) return;
    try {
      process.kill(group ? -pid : pid, signal);
    } catch (error) {
      if (isErrno(error, "ESRCH")) return;
      this.give({ type: "signal-failed", reason: String(error) });
    }
  }
}
