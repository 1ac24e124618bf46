import type { Configuration, GroupSettings } from "../config/configuration.ts";
import { Listeners } from "../core/listeners.ts";
import { startOrder, stopOrder } from "../core/order.ts";
import { makeFifos } from "../io/fifo.ts";
import type { ProcessSnapshot, ServerInfo, StreamEvent } from "../protocol/event-stream.ts";
import { splitNamespec } from "../protocol/names.ts";
import { type Mood, STOPPED_STATES } from "../protocol/states.ts";
import { Deadlines } from "./deadlines.ts";
import { ProcessRunner, type Surroundings } from "./process-runner.ts";

/** A group that is in force, with its processes by name. */
export type Group = {
  readonly settings: GroupSettings;
  readonly runners: ReadonlyMap<string, ProcessRunner>;
};

/** What the daemon is told of its outside, and changes only through `set`. */
export type Identity = Omit<ServerInfo, "mood" | "configChanged">;

/** All groups and processes, and the daemon's own state. */
export class Supervisor {
  readonly events = new Listeners<StreamEvent>();
  readonly #identity: Identity;
  readonly #around: Surroundings;
  readonly #groups = new Map<string, Group>();
  readonly #deadlines = new Deadlines<ProcessRunner>((runner) => runner.give({ type: "wake" }));
  #configuration: Configuration;
  #mood: Mood = "RUNNING";
  #configChanged = false;

  constructor(configuration: Configuration, identity: Identity, around: Omit<Surroundings, "setDeadline">) {
    this.#configuration = configuration;
    this.#identity = identity;
    this.#around = { ...around, setDeadline: (runner, at) => this.#deadlines.set(runner, at) };
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
    return { ...this.#identity, mood: this.#mood, configChanged: this.#configChanged };
  }

  setMood(mood: Mood): void {
    this.#mood = mood;
    this.events.tell({ type: "server", server: this.info() });
  }

  setConfigChanged(changed: boolean): void {
    if (changed === this.#configChanged) return;
    this.#configChanged = changed;
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

  /** Puts a group in force and starts what starts by itself; false if it is there already. */
  add(settings: GroupSettings): boolean {
    if (this.#groups.has(settings.name)) return false;
    const runners = settings.processes.map(
      (process) => new ProcessRunner(settings.name, process, this.#around),
    );
    const group = { settings, runners: new Map(runners.map((runner) => [runner.settings.name, runner])) };
    this.#groups.set(settings.name, group);
    for (const runner of runners) {
      runner.changes.add(({ from, snapshot }) =>
        this.events.tell({ type: "process", from, process: snapshot }),
      );
    }
    this.events.tell({ type: "added", processes: runners.map((runner) => runner.snapshot()) });
    this.#makeFifos(runners);
    for (const runner of runnersOf(group)) {
      if (runner.settings.autostart) runner.give({ type: "start" });
    }
    return true;
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

  /** Forgets a group whose processes are all down; false if one is not. */
  remove(name: string): boolean {
    const group = this.#groups.get(name);
    if (group === undefined) return true;
    const runners = [...group.runners.values()];
    if (runners.some((runner) => !STOPPED_STATES.has(runner.state))) return false;
    for (const runner of runners) runner.close();
    this.#groups.delete(name);
    this.events.tell({ type: "removed", group: name });
    return true;
  }

  /** Stops all groups, the one that started last first, each only when the one before is down. */
  async stopAll(): Promise<void> {
    for (const { group } of stopOrder(prioritised([...this.#groups.values()]))) {
      const runners = runnersOf(group).reverse();
      for (const runner of runners) runner.give({ type: "shutdown" });
      await Promise.all(runners.map((runner) => runner.until((state) => STOPPED_STATES.has(state))));
    }
  }

  /** Forgets everything; only after `stopAll`. */
  close(): void {
    for (const name of [...this.#groups.keys()]) this.remove(name);
    this.#deadlines.clear();
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
