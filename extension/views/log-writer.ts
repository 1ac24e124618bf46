import {
  addMark,
  addOutput,
  EMPTY_OUTPUT,
  type Layout,
  lineEnded,
  releaseHeld,
  type Shown,
} from "../model/output-text.ts";
import { processKey } from "../model/process-table.ts";
import type { LogReader } from "../servers/log-feed.ts";
import type { LogStream } from "../servers/output-source.ts";

/** A line that does not end within so long may be a prompt. */
const HOLD_MS = 200;

/** Words what a feed tells as the text of one view. */
export class LogWriter implements LogReader {
  readonly #layout: Layout;
  readonly #write: (text: string) => void;
  #state = EMPTY_OUTPUT;
  #holdTimer: NodeJS.Timeout | undefined;

  constructor(layout: Layout, write: (text: string) => void) {
    this.#layout = layout;
    this.#write = write;
  }

  onOutput(log: LogStream, text: string): void {
    this.#show(addOutput(this.#state, `${processKey(log)} ${log.channel}`, text, this.#layout));
    clearTimeout(this.#holdTimer);
    if (this.#state.held.size === 0) return;
    this.#holdTimer = setTimeout(() => this.#show(releaseHeld(this.#state, this.#layout)), HOLD_MS);
  }

  onMark(words: string): void {
    this.#show(addMark(this.#state, words, this.#layout));
  }

  /** Who types has ended the line. */
  endLine(): void {
    this.#state = lineEnded(this.#state);
  }

  /** Begins anew, after the view was cleared. */
  reset(): void {
    clearTimeout(this.#holdTimer);
    this.#state = EMPTY_OUTPUT;
  }

  dispose(): void {
    clearTimeout(this.#holdTimer);
  }

  #show({ state, text }: Shown): void {
    this.#state = state;
    if (text !== "") this.#write(text);
  }
}
