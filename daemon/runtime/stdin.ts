import { closeSync } from "node:fs";
import { FifoWriter, makeFifos, openForChild, removeFifo } from "../io/fifo.ts";

/** What becomes descriptor 0 of a process. */
export type Stdin = {
  /** The FIFOs that it needs. */
  readonly fifos: readonly string[];
  /** The descriptor for a new child, and how to let go of it once the child has its copy. Throws what the system says. */
  readonly open: () => { readonly descriptor: number; readonly close: () => void };
  /** Goes on with a living child of the daemon before; false if that cannot be. */
  readonly adopt: () => boolean;
  /** Writes to the child; false if nobody can read it. */
  readonly write: (text: string) => boolean;
  /** The child is gone. */
  readonly ended: () => void;
  /** The process is down, and not about to be started again. */
  readonly rested: () => void;
  /** Lets go of it; the child keeps what it has. */
  readonly release: () => void;
  readonly close: () => void;
};

/** A stdin that can be written to. */
export class FifoStdin implements Stdin {
  readonly fifos: readonly string[];
  readonly #path: string;
  #writer: FifoWriter | null = null;

  constructor(path: string) {
    this.#path = path;
    this.fifos = [path];
  }

  open(): ReturnType<Stdin["open"]> {
    makeFifos([this.#path]);
    const descriptor = openForChild(this.#path);
    return { descriptor, close: () => closeSync(descriptor) };
  }

  /** The child holds the FIFO open. */
  adopt(): boolean {
    return true;
  }

  write(text: string): boolean {
    try {
      this.#writer ??= new FifoWriter(this.#path);
    } catch {
      // The child has closed its stdin.
      return false;
    }
    return this.#writer.write(text);
  }

  ended(): void {
    this.#writer?.close();
    this.#writer = null;
  }

  rested(): void {}

  release(): void {
    this.ended();
  }

  close(): void {
    this.ended();
    removeFifo(this.#path);
  }
}
