import type { ActivityLog } from "../io/activity-log.ts";
import type { Supervisor } from "../runtime/supervisor.ts";

/** How a run of the daemon ended: for good, or to start over. */
export type Outcome = "shutdown" | "restart";

/** How often those who take long to stop are named, in milliseconds. */
const REPORT_MS = 3000;

/** The end of a run: asked for once or often. A shutdown overrules a restart that is under way, never the other way round. */
export class End {
  readonly begun: Promise<void>;
  readonly #begin: () => void;
  #outcome: Outcome = "restart";

  constructor() {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.begun = promise;
    this.#begin = resolve;
  }

  get outcome(): Outcome {
    return this.#outcome;
  }

  ask(outcome: Outcome): void {
    if (outcome === "shutdown") this.#outcome = outcome;
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
