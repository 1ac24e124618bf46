import { closeSync } from "node:fs";
import type { LogSettings } from "../config/configuration.ts";
import { FifoReader, makeFifos, openForChild, removeFifo } from "../io/fifo.ts";
import { LogFile, readRange } from "../io/log-file.ts";
import { OutputRoute, type RouteWishes } from "./output-route.ts";

/** Told of every piece of output; the bytes are only valid during the call, `offset` counts from the start of the log. */
export type OutputListener = (data: Buffer, offset: number) => void;

type Paths = {
  readonly fifo: string;
  /** Null for no log. */
  readonly logfile: string | null;
};

/** Who else has to do with a channel's output. */
export type OutputWishes = {
  readonly onFailure: (message: string) => void;
  /** Sees every byte as it was written; null for nobody. */
  readonly onRead: ((data: Buffer) => void) | null;
  /** Null for a channel whose bytes go straight to its log. */
  readonly route: RouteWishes | null;
};

/** One output channel of a process: from its FIFO into its log and to whoever follows it. */
export class Output {
  readonly #paths: Paths;
  readonly #settings: LogSettings;
  readonly #wishes: OutputWishes;
  /** Null where bytes go straight to the log: nothing is copied or looked at then. */
  readonly #route: OutputRoute | null;
  readonly #listeners = new Set<OutputListener>();
  #log: LogFile | null = null;
  #reader: FifoReader | null = null;
  #offset = 0;
  #writes: "well" | "failing" = "well";

  constructor(paths: Paths, settings: LogSettings, wishes: OutputWishes) {
    this.#paths = paths;
    this.#settings = settings;
    this.#wishes = wishes;
    this.#route = wishes.route && new OutputRoute(wishes.route, (data) => this.#keep(data));
  }

  get fifo(): string {
    return this.#paths.fifo;
  }

  get logfile(): string | null {
    return this.#paths.logfile;
  }

  /** Opens log and FIFO for a new child; the descriptor is for the child. Throws what the system says. */
  open(): { readonly descriptor: number; readonly close: () => void } {
    this.#openLog();
    makeFifos([this.#paths.fifo]);
    const descriptor = openForChild(this.#paths.fifo);
    // What an earlier run's leftovers still have to say stays in the FIFO, and the new reader finds it.
    this.#reader?.close();
    this.#reader = new FifoReader(this.#paths.fifo, (data) => this.#receive(data));
    return { descriptor, close: () => closeSync(descriptor) };
  }

  /** Reads what a child that just ended has left. */
  drain(): void {
    this.#reader?.drain();
    this.#route?.end();
  }

  /** Follows the output from now on, after the last `history` bytes of the log; returns how to stop. */
  follow(history: number, onHistory: OutputListener, listener: OutputListener): () => void {
    if (this.#log !== null && history > 0) {
      const start = Math.max(0, this.#log.size - history);
      const data = readRange(this.#log.path, start, this.#log.size);
      if (data.length > 0) onHistory(data, this.#offset - data.length);
    }
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  clearLog(): void {
    this.#log?.clear();
    this.#offset = 0;
  }

  reopenLog(): void {
    this.#log?.reopen();
  }

  close(): void {
    this.#reader?.close();
    this.#log?.close();
    removeFifo(this.#paths.fifo);
  }

  #openLog(): void {
    const { logfile } = this.#paths;
    if (this.#log !== null || logfile === null) return;
    this.#log = new LogFile(logfile, this.#settings.maxbytes, this.#settings.backups);
    this.#offset = this.#log.size;
  }

  #receive(data: Buffer): void {
    if (this.#route === null) this.#keep(data);
    else this.#route.receive(data);
    this.#wishes.onRead?.(data);
  }

  #keep(data: Buffer): void {
    this.#writeLog(data);
    for (const listener of this.#listeners) listener(data, this.#offset);
    this.#offset += data.length;
  }

  /** A full disk must stop neither the daemon nor the program: it is said once, and once more when it is over. */
  #writeLog(data: Buffer): void {
    try {
      this.#log?.write(data);
      if (this.#writes === "failing") this.#wishes.onFailure(`writing ${this.#paths.logfile} works again`);
      this.#writes = "well";
    } catch (error) {
      if (this.#writes === "well")
        this.#wishes.onFailure(`cannot write ${this.#paths.logfile}: ${String(error)}`);
      this.#writes = "failing";
    }
  }
}
