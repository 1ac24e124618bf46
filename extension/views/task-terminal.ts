import * as vscode from "vscode";
import type { Errand } from "../model/errand.ts";
import { type ErrandParts, runErrand } from "../servers/run-errand.ts";

/** The terminal of a task: says what happens and ends with exit code 0 once it is so, with 1 where it cannot be. */
export class TaskTerminal implements vscode.Pseudoterminal {
  readonly #parts: ErrandParts;
  readonly #errand: Errand | string;
  readonly #written = new vscode.EventEmitter<string>();
  readonly #closed = new vscode.EventEmitter<number>();
  readonly #closing = new AbortController();
  readonly onDidWrite = this.#written.event;
  readonly onDidClose = this.#closed.event;

  /** An errand that is a sentence tells what is wrong with the task. */
  constructor(parts: ErrandParts, errand: Errand | string) {
    this.#parts = parts;
    this.#errand = errand;
  }

  open(): void {
    void this.#run();
  }

  close(): void {
    this.#closing.abort();
  }

  async #run(): Promise<void> {
    const tell = (line: string) => this.#written.fire(`${line}\r\n`);
    try {
      if (typeof this.#errand === "string") throw new Error(this.#errand);
      tell(await runErrand(this.#parts, this.#errand, tell, this.#closing.signal));
      this.#closed.fire(0);
    } catch (error) {
      tell(`\x1b[31m${error instanceof Error ? error.message : String(error)}\x1b[0m`);
      this.#closed.fire(1);
    }
  }
}
