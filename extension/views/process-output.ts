import * as vscode from "vscode";
import type { LogChannel, ProcessSnapshot } from "../../daemon/protocol/event-stream.ts";
import { makeNamespec } from "../../daemon/protocol/names.ts";
import { addMark, addOutput, EMPTY_OUTPUT, type OutputText } from "../model/output-text.ts";
import { runMarks } from "../model/run-marks.ts";
import { endOffset, type Piece, unseenPart } from "../model/seen-output.ts";
import type { OutputHandlers, ProcessName, Source } from "../servers/output-source.ts";
import { OutputWriter } from "./output-writer.ts";

/** The output channel of one process; it stays open while the process, and the supervisor, come and go. */
export class ProcessOutput {
  readonly #channel: vscode.OutputChannel;
  readonly #writer: OutputWriter;
  #text: OutputText = EMPTY_OUTPUT;
  /** What came last, and how much of the log had come when the present source began. */
  #last: Record<LogChannel, Piece> = { stdout: NOTHING, stderr: NOTHING };
  #seenUntil: Record<LogChannel, number> = { stdout: 0, stderr: 0 };
  #process: ProcessSnapshot | null = null;
  #source: Source | null = null;

  constructor({ group, name }: ProcessName) {
    // The language of logs colours levels, dates and numbers.
    this.#channel = vscode.window.createOutputChannel(`Supervisord: ${makeNamespec(group, name)}`, "log");
    this.#writer = new OutputWriter(this.#channel);
  }

  /** Whether output is coming in; if not, it wants a new source. */
  get isFollowing(): boolean {
    return this.#source !== null;
  }

  show(): void {
    this.#channel.show(true);
  }

  /** Shows what a source tells, until it is lost. */
  follow(open: (handlers: OutputHandlers) => Source): void {
    this.#source?.close();
    const { stdout, stderr } = this.#last;
    this.#seenUntil = { stdout: endOffset(stdout), stderr: endOffset(stderr) };
    const source = open({
      onOutput: (channel, text, offset) => this.#output(channel, text, offset),
      onProcess: (process) => this.processChanged(process),
      onGap: (bytes) => this.#mark(`${Math.ceil(bytes / 1024)} KiB left out here; the log file has them`),
      onLost: () => {
        if (this.#source === source) this.#source = null;
      },
    });
    this.#source = source;
  }

  /** Writes the lines that part one run of the program from the next. */
  processChanged(process: ProcessSnapshot): void {
    const before = this.#process;
    this.#process = process;
    if (before === null || before === process) return;
    for (const mark of runMarks(before, process, clock)) this.#mark(mark);
  }

  dispose(): void {
    this.#source?.close();
    this.#writer.dispose();
    this.#channel.dispose();
  }

  #output(channel: LogChannel, piece: string, offset: number | null): void {
    const fresh = offset === null ? piece : unseenPart({ text: piece, offset }, this.#seenUntil[channel]);
    if (offset !== null) this.#last[channel] = { text: piece, offset };
    this.#write(addOutput(this.#text, channel, fresh));
  }

  #mark(words: string): void {
    this.#write(addMark(this.#text, words));
  }

  #write({ state, text }: { readonly state: OutputText; readonly text: string }): void {
    this.#text = state;
    this.#writer.append(text);
  }
}

const NOTHING: Piece = { text: "", offset: 0 };

function clock(instantMs: number): string {
  return new Date(instantMs).toLocaleTimeString();
}
