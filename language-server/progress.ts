import type { ClientCapabilities, Connection, WorkDoneProgressReporter } from "vscode-languageserver";
import { say } from "../daemon/config/say.ts";
import { english, type Words } from "./l10n/words.ts";

/** From when on work is shown to the user. */
const LONG_MS = 500;

/** Shows the user that the server is at work, where that takes long and the client can show it. */
export class Progress {
  readonly #connection: Connection;
  #words: Words = english;
  #canShow = false;
  /** What is shown unasked; one is enough for all that is done at the same time. */
  #shown: Promise<void> | null = null;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Fits the way of showing to what the client can do. */
  suit({ window }: ClientCapabilities, words: Words): void {
    this.#canShow = window?.workDoneProgress ?? false;
    this.#words = words;
  }

  /** Does some work; `asked` shows it to a client that has given a token for that. */
  async during<T>(work: () => Promise<T>, asked: WorkDoneProgressReporter | null): Promise<T> {
    const ended = Promise.withResolvers<void>();
    const timer = setTimeout(() => this.#begin(asked, ended.promise), LONG_MS);
    try {
      return await work();
    } finally {
      clearTimeout(timer);
      ended.resolve();
    }
  }

  #begin(asked: WorkDoneProgressReporter | null, ended: Promise<void>): void {
    if (asked !== null) void this.#show(asked, ended);
    else if (this.#canShow) this.#shown ??= this.#showUnasked(ended);
  }

  async #showUnasked(ended: Promise<void>): Promise<void> {
    try {
      await this.#show(await this.#connection.window.createWorkDoneProgress(), ended);
    } catch (error) {
      this.#connection.console.error(`cannot show progress: ${String(error)}`);
    }
    this.#shown = null;
  }

  async #show(reporter: WorkDoneProgressReporter, ended: Promise<void>): Promise<void> {
    reporter.begin(this.#words.say(say`Reading configurations`));
    await ended;
    reporter.done();
  }
}
