import { setImmediate as nextTurn } from "node:timers/promises";

/** How long work goes on before others have their turn. */
export const SLICE_MS = 100;

/** Lets a message that has come meanwhile be taken in: in the first turn it may not be its turn yet. */
export async function afterOthers(): Promise<void> {
  await nextTurn();
  await nextTurn();
}

/** Lets requests that have come meanwhile be answered in work that takes long. */
export class Slices {
  #since = performance.now();

  /** To be awaited between two steps of the work. */
  async pause(): Promise<void> {
    if (performance.now() - this.#since < SLICE_MS) return;
    await afterOthers();
    this.#since = performance.now();
  }
}
