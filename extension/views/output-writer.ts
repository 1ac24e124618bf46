import type * as vscode from "vscode";

const FLUSH_MS = 50;
const FLUSH_CHARACTERS = 64 * 1024;
const LONGEST_BATCH = 1024 * 1024;
const LONGEST_CHANNEL = 8 * 1024 * 1024;

/** Appends to an output channel in batches, so that a program that writes fast does not hold the editor up. */
export class OutputWriter {
  readonly #channel: vscode.OutputChannel;
  #batch: string[] = [];
  #batchLength = 0;
  #written = 0;
  #leftOut = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(channel: vscode.OutputChannel) {
    this.#channel = channel;
  }

  append(text: string): void {
    if (text === "") return;
    this.#batch.push(text);
    this.#batchLength += text.length;
    while (this.#batchLength > LONGEST_BATCH && this.#batch.length > 1) {
      const oldest = this.#batch.shift() ?? "";
      this.#batchLength -= oldest.length;
      this.#leftOut += oldest.length;
    }
    if (this.#timer === undefined) this.#timer = setTimeout(() => this.#flush(), this.#delay());
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#batch = [];
  }

  #delay(): number {
    return this.#batchLength >= FLUSH_CHARACTERS ? 0 : FLUSH_MS;
  }

  #flush(): void {
    this.#timer = undefined;
    const note = this.#leftOut === 0 ? "" : leftOutNote(this.#leftOut);
    const text = note + this.#batch.join("");
    this.#batch = [];
    this.#batchLength = 0;
    this.#leftOut = 0;
    this.#written += text.length;
    if (this.#written > LONGEST_CHANNEL) {
      this.#written = text.length;
      this.#channel.replace(`── earlier output is in the log file ──\n${text}`);
      return;
    }
    this.#channel.append(text);
  }
}

function leftOutNote(characters: number): string {
  return `\n── ${Math.ceil(characters / 1024)} KiB left out here; the log file has them ──\n`;
}
