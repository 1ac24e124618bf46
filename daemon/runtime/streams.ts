import type { ProcessSettings } from "../config/configuration.ts";
import type { EventSource } from "../core/events/payloads.ts";
import { restoreFifo } from "../io/fifo.ts";
import type { ChildDescriptors } from "../io/spawn.ts";
import type { LogChannel } from "../protocol/event-stream.ts";
import { Output } from "./output.ts";
import { outputWishes } from "./output-wishes.ts";
import type { Surroundings } from "./process-surroundings.ts";
import { FifoStdin, type Stdin } from "./stdin.ts";

/** What the streams of a process have to do with beside their files. */
type Ends = {
  /** Null for a stdin that can be written to. */
  readonly stdin: Stdin | null;
  /** Reads all of stdout too; null for nobody. */
  readonly onStdout: ((data: Buffer) => void) | null;
  /** Who the output is from, as events tell it. */
  readonly source: () => EventSource;
};

/** The three streams of one process, from run to run. */
export class Streams {
  readonly stdin: Stdin;
  readonly stdout: Output;
  /** Null where stderr goes into stdout. */
  readonly stderr: Output | null;

  constructor(group: string, settings: ProcessSettings, around: Surroundings, ends: Ends) {
    this.stdin = ends.stdin ?? new FifoStdin(around.fifo(group, settings.name, "stdin"));
    const output = (channel: LogChannel, onRead: Ends["onStdout"]): Output => {
      const paths = {
        fifo: around.fifo(group, settings.name, channel),
        logfile: around.logfile(group, settings, channel),
      };
      const wishes = outputWishes(settings, channel, around, {
        group,
        onRead,
        onEnded: () => around.watchers.adopted.expectEnd(),
        source: ends.source,
      });
      return new Output(paths, settings[channel], wishes, around.logger);
    };
    this.stdout = output("stdout", ends.onStdout);
    this.stderr = settings.redirectStderr ? null : output("stderr", null);
  }

  get outputs(): readonly Output[] {
    return this.stderr === null ? [this.stdout] : [this.stdout, this.stderr];
  }

  get fifos(): readonly string[] {
    return [...this.stdin.fifos, ...this.outputs.map(({ fifo }) => fifo)];
  }

  /** Opens all for a new child; how to close what the daemon holds of them is added to `closes`, also where one fails. */
  open(closes: (() => void)[]): ChildDescriptors {
    const open = (from: { open: Stdin["open"] }) => {
      const { descriptor, close } = from.open();
      closes.push(close);
      return descriptor;
    };
    const stdin = open(this.stdin);
    const stdout = open(this.stdout);
    return { stdin, stdout, stderr: this.stderr === null ? stdout : open(this.stderr) };
  }

  /** Makes the FIFOs of a living child findable again after their folder was removed. */
  restore(pid: number): void {
    const [stdin] = this.stdin.fifos;
    if (stdin !== undefined) restoreFifo(stdin, pid, 0);
    // The logger may have looked for it while it was gone.
    if (restoreFifo(this.stdout.fifo, pid, 1)) this.stdout.adopt();
    if (this.stderr !== null && restoreFifo(this.stderr.fifo, pid, 2)) this.stderr.adopt();
  }

  release(): void {
    this.stdin.release();
    for (const output of this.outputs) output.release();
  }

  close(): void {
    this.stdin.close();
    for (const output of this.outputs) output.close();
  }
}
