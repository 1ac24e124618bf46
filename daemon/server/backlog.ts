import type { ServerResponse } from "node:http";

/** What all streams together may have waiting for their readers, in bytes. */
const MOST_TOGETHER = 64 * 1024 * 1024;
const MOST_FOR_ONE = 4 * 1024 * 1024;
const LEAST_FOR_ONE = 256 * 1024;

/** Shares memory among the streams that clients follow: the more there are, the less a slow one may let pile up. */
export class Backlog {
  #streams = 0;

  /** Counts a stream in until it closes. */
  join(response: ServerResponse): void {
    this.#streams++;
    response.on("close", () => {
      this.#streams--;
    });
  }

  /** Bytes that one stream may have waiting. */
  get share(): number {
    const equal = MOST_TOGETHER / Math.max(1, this.#streams);
    return Math.max(LEAST_FOR_ONE, Math.min(MOST_FOR_ONE, equal));
  }
}
