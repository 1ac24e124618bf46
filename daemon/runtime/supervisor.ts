import type { Configuration, GroupSettings, LogLevel } from "../config/configuration.ts";
import { daemonEvent, groupEvent } from "../core/events/payloads.ts";
import { Listeners } from "../core/listeners.ts";
import { startOrder, stopOrder } from "../core/order.ts";
import { makeFifos } from "../io/fifo.ts";
import type { LeftBehind, ProcessSnapshot, ServerInfo, StreamEvent } from "../protocol/event-stream.ts";
import { splitNamespec } from "../protocol/names.ts";
import type { Mood } from "../protocol/states.ts";
import { type Adoption, goOn, type Resumption } from "./adoption.ts";
import { Deadlines } from "./deadlines.ts";
import { EventBus } from "./event-bus.ts";
import { Faults } from "./faults.ts";
import { type Group, openGroup } from "./group.ts";
import type { ProcessRunner } from "./process-runner.ts";
import type { Surroundings } from "./process-surroundings.ts";

import { Shortages } from "./shortages.ts";
import { TreeFinder } from "./tree-finder.ts";

/** What the daemon is told of its outside, and changes only through `set`. */
export type Identity = Omit<ServerInfo, "mood" | "configChanged" | "faults" | "leftBehind" | keyof Origin>;

/** From what the daemon was started, and by whom. */
type Origin = Pick<ServerInfo, "digest" | "isForEditor">;

/** All groups and processes, and the daemon's own state. */
export class Supervisor {
  readonly events = new Listeners<StreamEvent>();
  /** What event listeners are told. */
  readonly bus = new EventBus();
  readonly #identity: Identity;
  readonly #around: Surroundings;
  readonly #groups = new Map<string, Group>();
  readonly #faults: Faults;
  readonly #deadlines = new Deadlines<ProcessRunner>((runner) => runner.give({ type: "wake" }));
  #configuration: Configuration;
  #mood: Mood = "RUNNING";
  #configChanged = false;
  #leftBehind: readonly LeftBehind[] = [];
  #origin: Origin = { digest: "", isForEditor: false };

  constructor(
    configuration: Configuration,
    identity: Identity,
    around: Omit<Surroundings, "setDeadline" | "setFault" | "noteShortage" | "bus" | "trees">,
  ) {
    this.#configuration = configuration;
    this.#identity = identity;
    this.#faults = new Faults(around.log);
    const setDeadline = (runner: ProcessRunner, at: number | null) => this.#deadlines.set(runner, at);
    const setFault: Surroundings["setFault"] = (key, message, where) => this.setFault(key, message, where);
    const shortages = new Shortages((key, message) => this.setFault(key, message));
    const noteShortage: Surroundings["noteShortage"] = (process, what) => shortages.note(process, what);
    const trees = new TreeFinder((message) => this.setFault("trees", message));
    this.#around = { ...around, setDeadline, setFault, noteShortage, trees, bus: this.bus };
  }

  /** The configuration that was read last; the groups in force may still be older. */
  get configuration(): Configuration {
    return this.#configuration;
  }

  get groups(): ReadonlyMap<string, Group> {
    return this.#groups;
  }

  get mood(): Mood {
    return this.#mood;
  }

  info(): ServerInfo {
    return {
      ...this.#identity,
      mood: this.#mood,
      ...this.#origin,
      configChanged: this.#configChanged,
      faults: this.#faults.list,
      leftBehind: this.#leftBehind,
    };
  }

  /** The daemon begins to go down, or thinks better of coming back: that it stops is told once. */
  setMood(mood: "SHUTDOWN" | "RESTARTING"): void {
    if (this.#mood === "RUNNING") this.bus.notify(daemonEvent("STOPPING"));
    this.#mood = mood;
    this.events.tell({ type: "server", server: this.info() });
  }

  setConfigChanged(changed: boolean): void {
    if (changed === this.#configChanged) return;
    this.#configChanged = changed;
    this.events.tell({ type: "server", server: this.info() });
  }

  /**
   * Takes note of what the daemon, or the process that `where` names as `GROUP:NAME`, cannot do at present; null once it
   * works again. The activity log and all clients are told of both.
   */
  setFault(key: string, message: string | null, where: string | null = null, level?: LogLevel): void {
    if (this.#faults.set(key, message, where, level))
      this.events.tell({ type: "server", server: this.info() });
  }

  setOrigin(origin: Partial<Origin>): void {
    this.#origin = { ...this.#origin, ...origin };
    this.events.tell({ type: "server", server: this.info() });
  }

  setLeftBehind(leftBehind: readonly LeftBehind[]): void {
    this.#leftBehind = leftBehind;
    this.events.tell({ type: "server", server: this.info() });
  }

  /** Takes note of a newly read configuration, without touching what runs. */
  setConfiguration(configuration: Configuration): void {
    this.#configuration = configuration;
    this.setConfigChanged(false);
  }

  /** Every process, in the order in which Supervisor lists them: by group name, then process name. */
  runners(): ProcessRunner[] {
    const byName = (a: string, b: string) => (a < b ? -1 : 1);
    return [...this.#groups.keys()].sort(byName).flatMap((name) => {
      const runners = this.#groups.get(name)?.runners ?? new Map<string, ProcessRunner>();
      return [...runners.values()].sort((a, b) => byName(a.settings.name, b.settings.name));
    });
  }

  /** Every process, in the order in which they start. */
  runnersInOrder(): ProcessRunner[] {
    return startOrder(prioritised([...this.#groups.values()])).flatMap(({ group }) => runnersOf(group));
  }

  snapshots(): ProcessSnapshot[] {
    return this.runners().map((runner) => runner.snapshot());
  }

  /** The process of a `group:process`, undefined if there is none. */
  find(namespec: string): ProcessRunner | undefined {
    const { group, process } = splitNamespec(namespec);
    return process === null ? undefined : this.#groups.get(group)?.runners.get(process);
  }

  /** Puts the first groups in force, then starts what starts by itself: listeners hear of all groups before that. */
  open(groups: readonly GroupSettings[], adoption: Adoption): void {
    const added = groups.map((settings) => this.#put(settings, adoption));
    this.bus.notify(daemonEvent("RUNNING"));
    this.#makeFifos(added.flatMap(({ group }) => [...group.runners.values()]));
    for (const { resumed } of added) goOn(resumed, this.#around.log);
    for (const { group, resumed } of added) autostart(group, resumed);
  }

  /** Puts a group in force and starts what starts by itself; false if it is there already. */
  add(settings: GroupSettings): boolean {
    if (this.#groups.has(settings.name)) return false;
    const { group } = this.#put(settings, null);
    this.#makeFifos([...group.runners.values()]);
    autostart(group, []);
    return true;
  }

  #put(settings: GroupSettings, adoption: Adoption | null): Added {
    const adapted = adoption?.adapted(settings) ?? settings;
    const group = openGroup(adapted, this.#identity.identifier, this.#around);
    this.#groups.set(settings.name, group);
    const runners = [...group.runners.values()];
    const resumed = runners.flatMap((runner) => adoption?.resume(runner) ?? []);
    for (const runner of runners) {
      runner.changes.add(({ from, snapshot }) =>
        this.events.tell({ type: "process", from, process: snapshot }),
      );
    }
    this.events.tell({ type: "added", processes: runners.map((runner) => runner.snapshot()) });
    this.bus.notify(groupEvent("ADDED", settings.name));
    return { group, resumed };
  }

  /** All at once: a call for each process would cost more than starting it. */
  #makeFifos(runners: readonly ProcessRunner[]): void {
    try {
      makeFifos(runners.flatMap((runner) => runner.fifos));
    } catch (error) {
      // Each process makes its own when it starts, and says then what is wrong with it.
      this.#around.log("debug", `could not make all FIFOs at once: ${String(error)}`);
    }
  }

  /** Forgets a group whose processes are all down, with all that they started; false if one is not. */
  remove(name: string): boolean {
    const group = this.#groups.get(name);
    if (group === undefined) return true;
    if ([...group.runners.values()].some((runner) => !runner.rests)) return false;
    group.close();
    this.#groups.delete(name);
    this.events.tell({ type: "removed", group: name });
    this.bus.notify(groupEvent("REMOVED", name));
    return true;
  }

  /** Stops all groups, the one that started last first, each only when the one before is down. */
  async stopAll(): Promise<void> {
    for (const { group } of stopOrder(prioritised([...this.#groups.values()]))) {
      const runners = runnersOf(group).reverse();
      for (const runner of runners) runner.give({ type: "shutdown" });
      await Promise.all(runners.map((runner) => runner.untilRest()));
    }
  }

  /** Gives all programs up, and lets them run on for the daemon that comes next. */
  release(): void {
    this.bus.close();
    for (const group of this.#groups.values()) group.release();
    this.#deadlines.clear();
  }

  /** Forgets everything; only after `stopAll`. */
  close(): void {
    this.bus.close();
    for (const name of [...this.#groups.keys()]) this.remove(name);
    this.#deadlines.clear();
  }
}

/** A group that was put in force, and those of its processes that a daemon before knew. */
type Added = { readonly group: Group; readonly resumed: readonly Resumption[] };

/** One that a daemon before knew goes on as it was, also one that is down. */
function autostart(group: Group, resumed: readonly Resumption[]): void {
  const known = new Set(resumed.map(({ runner }) => runner));
  for (const runner of runnersOf(group)) {
    if (runner.settings.autostart && !known.has(runner)) runner.start();
  }
}

function prioritised(groups: readonly Group[]): { group: Group; priority: number; name: string }[] {
  return groups.map((group) => ({ group, priority: group.settings.priority, name: group.settings.name }));
}

/** The processes of a group in the order in which they start. */
export function runnersOf(group: Group): ProcessRunner[] {
  const entries = [...group.runners.values()].map((runner) => {
    const { priority, name } = runner.settings;
    return { runner, priority, name };
  });
  return startOrder(entries).map(({ runner }) => runner);
}
