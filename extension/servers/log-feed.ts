import type { RpcClient } from "../../daemon/client/rpc.ts";
import type { ProcessSnapshot } from "../../daemon/protocol/event-stream.ts";
import { processesOf } from "../model/acts.ts";
import { t } from "../model/l10n.ts";
import { processKey } from "../model/process-table.ts";
import { type Clock, lastEnd, runMarks } from "../model/run-marks.ts";
import { endOffset, freshPart, type Piece } from "../model/seen-log.ts";
import type { Server } from "../model/server.ts";
import type { Target } from "../model/target.ts";
import { followLive, type LogStream, type OutputHandlers, type Source } from "./output-source.ts";
import { followTails } from "./tail-source.ts";

/** Who shows logs. */
export type LogReader = {
  onOutput(log: LogStream, text: string): void;
  /** A line of ours between the lines of the programs. */
  onMark(words: string): void;
};

/** The servers of the window, as far as a feed needs them. */
type KnownServers = {
  readonly views: readonly Server[];
  find(key: string): { readonly client: RpcClient | null } | undefined;
};

/** Bytes of a log that are shown before what is written next; several logs share them. */
const HISTORY_BYTES = 64 * 1024;
const LEAST_HISTORY_BYTES = 4 * 1024;
/** After a break up to so much is read of what came meanwhile. */
const MISSED_BYTES = 1024 * 1024;
/** Of a daemon of ours the history comes as events, after the snapshot that tells how its processes are. */
const HISTORY_COMES_MS = 300;
const RETRY_MS = 1000;

/** Follows the logs of a process, a group or a server through restarts of programs and supervisors, without gap or repeat. */
export class LogFeed {
  readonly #servers: KnownServers;
  readonly #target: Target;
  readonly #reader: LogReader;
  readonly #clock: Clock;
  readonly #last = new Map<string, Piece>();
  readonly #processes = new Map<string, ProcessSnapshot>();
  readonly #timers = new Set<NodeJS.Timeout>();
  #source: Source | null = null;
  /** What the source is of; another wish needs another source. */
  #followed = "";

  constructor(servers: KnownServers, target: Target, reader: LogReader, clock: Clock) {
    this.#servers = servers;
    this.#target = target;
    this.#reader = reader;
    this.#clock = clock;
    this.catchUp();
  }

  /** Follows again what was lost or has changed, and tells the states of processes that no source tells. */
  catchUp(): void {
    const { server } = this.#target;
    const state = this.#servers.views.find(({ key }) => key === server)?.state;
    const client = this.#servers.find(server)?.client;
    if (state?.kind !== "connected" || !client) return;
    const processes = processesOf(this.#servers.views, this.#target);
    const isLive = state.info !== null;
    if (!isLive) for (const process of processes) this.#processTold(process);
    this.#follow(client, processes, isLive);
  }

  dispose(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#source?.close();
    this.#source = null;
  }

  #follow(client: RpcClient, processes: readonly ProcessSnapshot[], isLive: boolean): void {
    const keys = isLive && this.#target.kind === "server" ? null : processes.map(processKey);
    const followed = JSON.stringify([isLive, client.address, keys]);
    if (this.#source !== null && this.#followed === followed) return;
    if (keys?.length === 0) return;
    this.#source?.close();
    this.#followed = followed;
    const isReturn = this.#last.size > 0;
    const share = Math.max(LEAST_HISTORY_BYTES, Math.floor(HISTORY_BYTES / Math.max(1, processes.length)));
    const historyBytes = isReturn ? MISSED_BYTES : share;
    const resumeAt = (log: LogStream) => {
      const last = this.#last.get(streamKey(log));
      return last === undefined ? 0 : endOffset(last);
    };
    let source: Source | null = null;
    const handlers = this.#handlers(() => {
      if (this.#source === source) this.#source = null;
      // The supervisor may be there all the while, so that no change of it leads back here.
      this.#after(RETRY_MS, () => this.catchUp());
    });
    source = isLive
      ? followLive(client.address, { keys, historyBytes }, handlers)
      : followTails(client, processes, { historyBytes, resumeAt }, handlers);
    this.#source = source;
  }

  #handlers(onLost: () => void): OutputHandlers {
    const begun = new Set<string>();
    return {
      onOutput: (log, text, offset) => {
        const key = streamKey(log);
        const isFirst = !begun.has(key);
        begun.add(key);
        this.#output(log, { text, offset }, isFirst);
      },
      onProcess: (process) => this.#processTold(process),
      onGap: (bytes) => this.#reader.onMark(leftOut(bytes)),
      onLost,
    };
  }

  #output(log: LogStream, piece: Piece, isFirst: boolean): void {
    const key = streamKey(log);
    const last = this.#last.get(key) ?? null;
    this.#last.set(key, piece);
    const { text, before } = isFirst ? freshPart(piece, last) : { text: piece.text, before: 0 };
    if (before > 0) this.#reader.onMark(last === null ? this.#cutNote(log, before) : leftOut(before));
    if (text !== "") this.#reader.onOutput(log, text);
  }

  #cutNote(log: LogStream, bytes: number): string {
    const process = this.#processes.get(processKey(log));
    const file = (log.channel === "stdout" ? process?.stdoutLogfile : process?.stderrLogfile) ?? null;
    const kib = kibOf(bytes);
    return file === null
      ? t("{0} KiB of {1} before this are left out", kib, log.name)
      : t("{0} KiB before this are in {1}", kib, file);
  }

  /** Writes the lines that part one run of a program from the next. */
  #processTold(process: ProcessSnapshot): void {
    const key = processKey(process);
    const before = this.#processes.get(key);
    if (before === process) return;
    this.#processes.set(key, process);
    if (before === undefined) {
      const isStill = () => this.#processes.get(key) === process;
      if (process.pid === null) this.#after(HISTORY_COMES_MS, () => isStill() && this.#markEnd(process));
      return;
    }
    this.#forgetOtherLogs(before, process);
    if (process.pid !== null && process.pid !== before.pid) this.#source?.runBegan(process);
    for (const mark of runMarks(before, process, this.#clock)) this.#reader.onMark(mark);
  }

  /** A supervisor that starts anew gives `AUTO` logs new files: what was seen of the old ones says nothing of these. */
  #forgetOtherLogs(before: ProcessSnapshot, now: ProcessSnapshot): void {
    const { group, name } = now;
    if (before.stdoutLogfile !== now.stdoutLogfile)
      this.#last.delete(streamKey({ group, name, channel: "stdout" }));
    if (before.stderrLogfile !== now.stderrLogfile)
      this.#last.delete(streamKey({ group, name, channel: "stderr" }));
  }

  #markEnd(process: ProcessSnapshot): void {
    const mark = lastEnd(process, this.#clock);
    if (mark !== null) this.#reader.onMark(mark);
  }

  #after(ms: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      act();
    }, ms);
    this.#timers.add(timer);
  }
}

function streamKey(log: LogStream): string {
  return `${processKey(log)}\0${log.channel}`;
}

function leftOut(bytes: number): string {
  return t("{0} KiB left out here; the log file has them", kibOf(bytes));
}

function kibOf(bytes: number): number {
  return Math.ceil(bytes / 1024);
}
