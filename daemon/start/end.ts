import type { ActivityLog } from "../io/activity-log.ts";
import type { Supervisor } from "../runtime/supervisor.ts";

/**
 * How a run of the daemon ended: to start over with the programs running on or stopped, or for good with the programs
 * left to the daemon that comes next or stopped.
 */
export type Outcome = "keep" | "restart" | "handOver" | "shutdown";

/** What is asked for later overrules only what stands before it here. */
const WEIGHT: Readonly<Record<Outcome, number>> = { keep: 0, restart: 1, handOver: 2, shutdown: 3 };

/** How often those who take long to stop are named, in milliseconds. */
const REPORT_MS = 3000;

/** The end of a run: asked for once or often. */
export class End {
  readonly begun: Promise<void>;
  readonly #begin: () => void;
  #outcome: Outcome | null = null;

  constructor() {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.begun = promise;
    this.#begin = resolve;
  }

  get outcome(): Outcome {
    return this.#outcome ?? "restart";
  }

  ask(outcome: Outcome): void {
    if (this.#outcome === null || WEIGHT[outcome] > WEIGHT[this.#outcome]) this.#outcome = outcome;
    this.#begin();
  }
}

/** Stops every process, and names the ones that are waited for. */
export async function stopProcesses(supervisor: Supervisor, log: ActivityLog): Promise<void> {
  const stopped = supervisor.stopAll();
  const report = () => {
    const living = supervisor.runnersInOrder().filter(({ rests }) => !rests);
    if (living.length === 0) return;
    log.write("info", `waiting for ${living.map(({ settings }) => settings.name).join(", ")} to die`);
  };
  report();
  const timer = setInterval(report, REPORT_MS);
  await stopped;
  clearInterval(timer);
}
