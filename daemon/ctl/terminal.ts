import { createInterface, type Interface } from "node:readline";
import { Writable } from "node:stream";

/** The person, or the script, at the other end of standard input and output. */
export type Terminal = {
  /** The next line of input; null at its end. */
  readLine(prompt: string): Promise<string | null>;
  /** A line that is not shown as it is typed. */
  readSecret(prompt: string): Promise<string | null>;
  /** Until undone, Ctrl-C calls `handler` instead of leaving. */
  onInterrupt(handler: () => void): () => void;
  /** Lines typed so far, newest first. */
  history(): readonly string[];
  close(): void;
};

export type TerminalOptions = {
  readonly history: readonly string[];
  /** What the word at the end of `line` may become. */
  complete(line: string): Promise<readonly string[]>;
  /** Ctrl-C while nothing else takes it. */
  leave(): void;
};

/** Standard input and output as a terminal; input is read only once a line is wanted. */
export function openTerminal(options: TerminalOptions): Terminal {
  const interrupts: (() => void)[] = [];
  const interrupt = () => (interrupts.at(-1) ?? options.leave)();
  const output = new ScreenOutput();
  let lines: LineQueue | null = null;
  process.on("SIGINT", interrupt);

  function readLine(prompt: string): Promise<string | null> {
    lines ??= openLines(output, options, interrupt);
    return lines.next(prompt);
  }

  return {
    readLine,
    async readSecret(prompt) {
      process.stdout.write(prompt);
      output.muted = true;
      const answer = await readLine("");
      output.muted = false;
      return answer;
    },
    onInterrupt(handler) {
      interrupts.push(handler);
      return () => interrupts.splice(interrupts.indexOf(handler), 1);
    },
    history: () => lines?.history() ?? options.history,
    close() {
      process.off("SIGINT", interrupt);
      lines?.close();
    },
  };
}

type LineQueue = {
  next(prompt: string): Promise<string | null>;
  history(): readonly string[];
  close(): void;
};

/** Lines that arrive before they are asked for (input from a pipe) wait. */
function openLines(output: ScreenOutput, options: TerminalOptions, interrupt: () => void): LineQueue {
  const waiting: string[] = [];
  let wanted: ((line: string | null) => void) | null = null;
  let ended = false;
  const typed = [...options.history];
  const reader: Interface = createInterface({
    input: process.stdin,
    output,
    terminal: process.stdin.isTTY === true && process.stdout.isTTY === true,
    history: [...options.history],
    historySize: 1000,
    removeHistoryDuplicates: true,
    completer: (line: string, done: (error: null, result: [string[], string]) => void) =>
      void options.complete(line).then((words) => done(null, [[...words], line.split(/\s+/).at(-1) ?? ""])),
  });
  reader.on("SIGINT", interrupt);
  reader.on("history", (lines) => {
    // What was typed unseen is a password.
    if (output.muted) lines.shift();
    typed.splice(0, typed.length, ...lines);
  });
  reader.on("line", (line) => (wanted === null ? waiting.push(line) : answer(line)));
  reader.on("close", () => {
    ended = true;
    answer(null);
  });

  function answer(line: string | null): void {
    wanted?.(line);
    wanted = null;
  }

  return {
    next(prompt) {
      if (ended) output.write(prompt);
      else {
        reader.setPrompt(prompt);
        reader.prompt();
      }
      const line = waiting.shift();
      if (line !== undefined || ended) return Promise.resolve(line ?? null);
      return new Promise((resolve) => {
        wanted = resolve;
      });
    },
    history: () => typed,
    close: () => reader.close(),
  };
}

/** Standard output that can be told to show nothing, for passwords. */
class ScreenOutput extends Writable {
  muted = false;

  get columns(): number {
    return process.stdout.columns;
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    if (!this.muted) process.stdout.write(chunk);
    done();
  }
}
