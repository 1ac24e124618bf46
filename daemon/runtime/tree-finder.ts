import type { ProcessTable, Root, TreeEntry } from "../core/process-tree.ts";
import { readProcessTable } from "../io/process-tree.ts";

/** How often it is looked again where that fails, as for want of descriptors, before nothing is taken for found. */
const MOST_TRIES = 10;
const TRY_AGAIN_MS = 200;

/** Finds what programs started: one look at the machine serves all who ask in the same turn. */
export class TreeFinder {
  /** Told what keeps it from looking, null for nothing. */
  readonly #onFault: (message: string | null) => void;
  readonly #waiting: { readonly root: Root; readonly answer: (found: readonly TreeEntry[]) => void }[] = [];
  readonly #read: () => ProcessTable;
  #table: ProcessTable | null = null;
  #failures = 0;

  constructor(onFault: (message: string | null) => void, read = readProcessTable) {
    this.#onFault = onFault;
    this.#read = read;
  }

  /** What descends from a program that lives. */
  descendantsOf(root: Root): readonly TreeEntry[] {
    return this.#look()?.descendantsOf(root) ?? [];
  }

  /** What is left of a run, told at the end of this turn. */
  find(root: Root, answer: (found: readonly TreeEntry[]) => void): void {
    if (this.#waiting.length === 0) setImmediate(() => this.#answerAll());
    this.#waiting.push({ root, answer });
  }

  #answerAll(): void {
    // What was looked at before may be older than what ended since.
    this.#table = null;
    const table = this.#look();
    if (table === null && this.#failures < MOST_TRIES) {
      setTimeout(() => this.#answerAll(), TRY_AGAIN_MS);
      return;
    }
    for (const { root, answer } of this.#waiting.splice(0)) answer(table?.treeOf(root) ?? []);
    this.#table = null;
  }

  #look(): ProcessTable | null {
    if (this.#table !== null) return this.#table;
    try {
      this.#table = this.#read();
    } catch (error) {
      this.#failures += 1;
      this.#onFault(`cannot look for what programs leave behind: ${String(error)}`);
      return null;
    }
    if (this.#failures > 0) this.#onFault(null);
    this.#failures = 0;
    // A later turn wants to see later processes.
    setImmediate(() => {
      this.#table = null;
    });
    return this.#table;
  }
}
