import type { ProcessTable, Root, TreeEntry } from "../core/process-tree.ts";
import { readProcessTable } from "../io/process-tree.ts";

/** Finds what programs started: one look at the machine serves all who ask in the same turn. */
export class TreeFinder {
  readonly #onFailure: (message: string) => void;
  readonly #waiting: (() => void)[] = [];
  #table: ProcessTable | null = null;

  constructor(onFailure: (message: string) => void) {
    this.#onFailure = onFailure;
  }

  /** What descends from a program that lives. */
  descendantsOf(root: Root): readonly TreeEntry[] {
    return this.#look()?.descendantsOf(root) ?? [];
  }

  /** What is left of a run, told at the end of this turn. */
  find(root: Root, answer: (found: readonly TreeEntry[]) => void): void {
    if (this.#waiting.length === 0) setImmediate(() => this.#answerAll());
    this.#waiting.push(() => answer(this.#look()?.treeOf(root) ?? []));
  }

  #answerAll(): void {
    // What was looked at before may be older than what ended since.
    this.#table = null;
    for (const answer of this.#waiting.splice(0)) answer();
    this.#table = null;
  }

  #look(): ProcessTable | null {
    if (this.#table !== null) return this.#table;
    try {
      this.#table = readProcessTable();
    } catch (error) {
      this.#onFailure(`cannot look for what programs left behind: ${String(error)}`);
      return null;
    }
    // A later turn wants to see later processes.
    setImmediate(() => {
      this.#table = null;
    });
    return this.#table;
  }
}
