import type { TreeEntry } from "../core/process-tree.ts";
import type { RunInput } from "../core/run.ts";
import type { Survivor } from "../core/sweep.ts";
import type { Effect } from "../core/transition.ts";
import { startTimeOf } from "../io/process-identity.ts";
import { commandOf, signalProcess } from "../io/process-tree.ts";
import { maskSecrets } from "../protocol/secrets.ts";
import type { Surroundings } from "./process-surroundings.ts";

/** The run that is looked after: who it was, and what was seen of its tree. */
type Known = {
  readonly pid: number | null;
  readonly startTime: string | null;
  readonly marker: string | null;
  readonly seen: Map<number, string>;
};

const LONGEST_COMMAND = 100;
const SIGKILL = 9;

/** What is done about trees in the real world. */
type TreeEffect = Extract<Effect, { readonly type: "note-tree" | "kill-tree" | "look" | "signal-survivor" }>;

type Around = Pick<Surroundings, "trees" | "setFault">;

/** All that one process starts, from run to run. */
export class RunTree {
  readonly #name: string;
  readonly #where: string;
  readonly #around: Around;
  readonly #give: (input: RunInput) => void;
  readonly #commands = new Map<number, string>();
  #known: Known | null = null;

  constructor(
    { group, name }: { readonly group: string; readonly name: string },
    around: Around,
    give: (input: RunInput) => void,
  ) {
    this.#name = name;
    this.#where = `${group}:${name}`;
    this.#around = around;
    this.#give = give;
  }

  /** A run is there; what had to be abandoned before may be gone by now. */
  begin(run: {
    /** Null where nobody saw its child start, and for one that ended before this daemon was there. */
    readonly pid: number | null;
    readonly startTime: string | null;
    readonly marker: string | null;
    readonly abandoned: readonly Survivor[];
  }): void {
    const { pid, startTime, marker, abandoned } = run;
    this.#known = { pid, startTime, marker, seen: new Map() };
    this.#commands.clear();
    const isGone = (one: Survivor) => startTimeOf(one.pid) !== one.startTime;
    if (abandoned.length > 0 && abandoned.every(isGone)) this.abandon(null);
  }

  perform(effect: TreeEffect): void {
    switch (effect.type) {
      case "note-tree":
        this.#note();
        break;
      case "kill-tree":
        for (const [pid, startTime] of this.#known?.seen ?? []) signalProcess(pid, startTime, SIGKILL);
        break;
      case "look":
        this.#find((survivors) => this.#give({ type: "found", survivors }));
        break;
      case "signal-survivor": {
        const { pid, startTime } = effect.survivor;
        const sent = signalProcess(pid, startTime, effect.signal);
        if (sent === "refused") this.#give({ type: "signal-refused", pid });
      }
    }
  }

  /** Tells what could not be stopped, null for nothing, as a fault for as long as it stays. */
  abandon(survivors: string | null): void {
    const message = survivors && `cannot stop what ${this.#name} left behind, stop it by hand: ${survivors}`;
    this.#around.setFault(`leftovers ${this.#where}`, message, this.#where);
  }

  #note(): void {
    if (this.#known === null) return;
    const { seen } = this.#known;
    for (const entry of this.#around.trees.descendantsOf(this.#known)) seen.set(entry.pid, entry.startTime);
  }

  #find(answer: (survivors: readonly Survivor[]) => void): void {
    const known = this.#known;
    if (known === null) answer([]);
    else
      this.#around.trees.find(known, (found) => {
        // One that is about to end shows its marker no more, while it still holds its port.
        for (const { pid, startTime } of found) known.seen.set(pid, startTime);
        answer(found.map((entry) => this.#survivor(entry, known)));
      });
  }

  #survivor({ pid, startTime, group }: TreeEntry, program: Known): Survivor {
    return { pid, startTime, command: this.#commandOf(pid), grouped: group === program.pid };
  }

  #commandOf(pid: number): string {
    const known = this.#commands.get(pid);
    if (known !== undefined) return known;
    const command = maskSecrets(commandOf(pid));
    const shown = command.length > LONGEST_COMMAND ? `${command.slice(0, LONGEST_COMMAND)}...` : command;
    this.#commands.set(pid, shown);
    return shown;
  }
}
