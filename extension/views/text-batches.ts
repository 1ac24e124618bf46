import { t } from "../model/l10n.ts";

const FLUSH_MS = 50;
const FLUSH_CHARACTERS = 64 * 1024;
const LONGEST_BATCH = 4 * 1024 * 1024;

/** Hands text on in batches, so that a program that writes fast does not hold the editor up. */
export class TextBatches {
  readonly #write: (text: string) => void;
  #batch: string[] = [];
  #length = 0;
  #leftOut = 0;
  #timer: NodeJS.Timeout | undefined;
  #isSoon = false;

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  append(text: string): void {
    if (text === "") return;
    this.#batch.push(text);
    this.#length += text.length;
    while (this.#length > LONGEST_BATCH && this.#batch.length > 1) {
      const oldest = this.#batch.shift() ?? "";
      this.#length -= oldest.length;
      this.#leftOut += oldest.length;
    }
    this.#flushSoon();
  }

  /** Forgets what waits. */
  clear(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#batch = [];
    this.#length = 0;
    this.#leftOut = 0;
  }

  #flushSoon(): void {
    const isSoon = this.#length >= FLUSH_CHARACTERS;
    if (this.#timer !== undefined && (this.#isSoon || !isSoon)) return;
    clearTimeout(this.#timer);
    this.#isSoon = isSoon;
    this.#timer = setTimeout(() => this.#flush(), isSoon ? 0 : FLUSH_MS);
  }

  #flush(): void {
    const note = this.#leftOut === 0 ? "" : leftOutNote(this.#leftOut);
    const text = note + this.#batch.join("");
    this.clear();
    this.#write(text);
  }
}

function leftOutNote(characters: number): string {
  return `\n── ${t("{0} KiB left out here; the log file has them", Math.ceil(characters / 1024))} ──\n`;
}
