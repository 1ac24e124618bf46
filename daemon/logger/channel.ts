import { statSync } from "node:fs";
import { FifoReader } from "../io/fifo.ts";
import { LastingLog } from "../io/lasting-log.ts";
import { readRange } from "../io/log-part.ts";
import { CATCH_UP_BYTES, type ChannelSettings, type FollowRequest, type PieceKind } from "./messages.ts";
import { Route } from "./route.ts";

/** Where a channel's news go. */
export type Told = {
  /** Of what is in the log now, with the offset of the first byte. False where it cannot be taken at present. */
  readonly onOutput: (data: Buffer, offset: number) => boolean;
  /** False asks for a pause. */
  readonly onPiece: (kind: PieceKind, data: Buffer) => boolean;
  readonly onEnded: () => void;
  readonly onFault: (name: FaultName, message: string | null) => void;
};

const FAULT_NAMES = ["write", "rotate", "read"] as const;
type FaultName = (typeof FAULT_NAMES)[number];

/** How often a FIFO is tried again that cannot be opened, in milliseconds. */
const RETRY_MS = 500;

/** One channel of output: from its FIFO into its log, and to the daemon as far as it wants to know. */
export class Channel {
  readonly key: string;
  readonly #told: Told;
  #settings: ChannelSettings;
  #route: Route;
  #log: LastingLog | null = null;
  /** The last one reads the FIFO that is at the path; earlier ones a FIFO that was removed, to its end. */
  readonly #readers: FifoReader[] = [];
  #due: NodeJS.Immediate | null = null;
  #retry: NodeJS.Timeout | null = null;
  #opens = 0;
  readonly #faults = new Map<FaultName, string>();
  /** Whether the daemon knows what is wrong at present; one that was told by another logger may know of more. */
  #daemonKnows = false;
  /** Counts what was logged, from the start of the file that was opened first. */
  #offset = 0;
  #follows: { readonly sentUntil: number } | null = null;

  constructor(key: string, settings: ChannelSettings, told: Told) {
    this.key = key;
    this.#told = told;
    this.#settings = settings;
    this.#route = this.#newRoute();
  }

  get settings(): ChannelSettings {
    return this.#settings;
  }

  /** Whether there is nothing left to do: nobody may write, and nothing waits for the disk. */
  get isDone(): boolean {
    return !this.isOpen && (this.#log?.owed ?? 0) === 0;
  }

  /** Whether somebody may still write. */
  get isOpen(): boolean {
    return this.#readers.length > 0 || this.#due !== null || this.#retry !== null;
  }

  change(settings: ChannelSettings): void {
    this.#daemonKnows = false;
    if (JSON.stringify(settings.log) !== JSON.stringify(this.#settings.log)) {
      this.#log?.close();
      this.#log = null;
    }
    const sameWay =
      settings.stripsAnsi === this.#settings.stripsAnsi &&
      settings.captureMaxbytes === this.#settings.captureMaxbytes;
    this.#settings = settings;
    if (!sameWay) this.#route = this.#newRoute();
  }

  /** A program may write from now on, or does so already. */
  open(): void {
    this.#opens += 1;
    this.#openLog();
    if (!this.#daemonKnows)
      for (const name of FAULT_NAMES) this.#told.onFault(name, this.#faults.get(name) ?? null);
    this.#daemonKnows = true;
    // Whoever was said to follow in the same breath must not miss what waits already.
    this.#due ??= setImmediate(() => this.#attachDue());
  }

  /** Puts what waits in the log, also the end of a message that never came whole. Says whether nobody may write any more. */
  drain(): "open" | "ended" {
    if (this.#due !== null) this.#attachDue();
    const states = this.#readers.map((reader) => reader.drain());
    this.#route.end();
    return states.includes("open") || this.#retry !== null ? "open" : "ended";
  }

  /** The end of the log, then `onOutput` for all that follows. */
  follow({ from, atMost }: FollowRequest): { readonly data: Buffer; readonly offset: number } {
    const data = this.#endOfLog(from ?? 0, atMost);
    this.#follows = { sentUntil: this.#offset };
    return { data, offset: this.#offset - data.length };
  }

  unfollow(): void {
    this.#follows = null;
  }

  /** The daemon can take more: sends the end of what it missed. */
  goOn(): void {
    for (const reader of this.#readers) reader.resume();
    if (this.#follows === null || this.#follows.sentUntil >= this.#offset) return;
    const data = this.#endOfLog(this.#follows.sentUntil, CATCH_UP_BYTES);
    // Where there is no log the next bytes show the gap.
    if (data.length > 0) this.#send(data, this.#offset - data.length);
  }

  /** There is no daemon. */
  leaveAlone(): void {
    this.#follows = null;
    for (const reader of this.#readers) reader.resume();
  }

  noteCleared(): void {
    this.#log?.noteCleared();
    this.#offset = 0;
    if (this.#follows !== null) this.#follows = { sentUntil: 0 };
  }

  reopenLog(): void {
    this.#log?.reopen();
  }

  /** Stops reading; what waits stays in the FIFO. */
  close(): void {
    for (const reader of this.#readers.splice(0)) reader.close();
    this.#forgetDue();
    this.#stopTrying();
    this.#log?.close();
    this.#log = null;
  }

  #openLog(): void {
    const { log } = this.#settings;
    if (this.#log !== null || log === null) return;
    this.#log = new LastingLog(log, (name, message) => this.#setFault(name, message));
    this.#log.reopen();
    this.#offset = Math.max(this.#offset, this.#log.size);
  }

  #attachDue(): void {
    this.#forgetDue();
    if (this.#readers.at(-1)?.inode !== inodeOf(this.key)) this.#attach();
  }

  #forgetDue(): void {
    if (this.#due !== null) clearImmediate(this.#due);
    this.#due = null;
  }

  #attach(): void {
    this.#stopTrying();
    const opens = this.#opens;
    try {
      const reader = new FifoReader(this.key, {
        onData: (data) => this.#receive(data),
        onEnd: () => this.#noteEnd(reader, opens),
      });
      this.#readers.push(reader);
      // Of a FIFO that has no writer any more when it is opened the system tells no end; reading it does.
      if (reader.drain() === "open") return;
      reader.close();
      this.#noteEnd(reader, opens);
    } catch (error) {
      this.#noteUnreadable(error as NodeJS.ErrnoException);
    }
  }

  #noteEnd(reader: FifoReader, opens: number): void {
    const wasLast = this.#readers.at(-1) === reader;
    this.#readers.splice(this.#readers.indexOf(reader), 1);
    // A new run may have begun while the end of the one before was on its way here.
    if (wasLast && this.#opens !== opens) this.#attach();
    else if (this.#readers.length === 0) this.#told.onEnded();
  }

  #noteUnreadable(error: NodeJS.ErrnoException): void {
    // Whoever may still write to it, nobody can read what has no name any more.
    if (error.code === "ENOENT") {
      this.#told.onEnded();
      return;
    }
    this.#setFault("read", `cannot read output through ${this.key}: ${error.message}`);
    this.#retry = setTimeout(() => this.#attach(), RETRY_MS);
  }

  #stopTrying(): void {
    if (this.#retry === null) return;
    clearTimeout(this.#retry);
    this.#retry = null;
    this.#setFault("read", null);
  }

  #setFault(name: FaultName, message: string | null): void {
    if (message === null) this.#faults.delete(name);
    else this.#faults.set(name, message);
    if (this.#daemonKnows) this.#told.onFault(name, message);
  }

  #newRoute(): Route {
    return new Route(this.#settings, (kind, data) => this.#pass(kind, data));
  }

  #receive(data: Buffer): void {
    if (this.#settings.told.includes("raw")) this.#tell("raw", data);
    this.#route.receive(data);
  }

  #pass(kind: PieceKind, data: Buffer): void {
    if (kind === "outside" || kind === "rest") this.#keep(data);
    if (this.#settings.told.includes(kind)) this.#tell(kind, data);
  }

  #tell(kind: PieceKind, data: Buffer): void {
    if (this.#told.onPiece(kind, data)) return;
    for (const reader of this.#readers) reader.pause();
  }

  #keep(data: Buffer): void {
    this.#log?.write(data);
    const offset = this.#offset;
    this.#offset += data.length;
    if (this.#follows?.sentUntil === offset) this.#send(data, offset);
  }

  #send(data: Buffer, offset: number): void {
    if (this.#told.onOutput(data, offset)) this.#follows = { sentUntil: offset + data.length };
  }

  /** The last bytes of the log file, none from before `from`. */
  #endOfLog(from: number, atMost: number): Buffer {
    const { log } = this.#settings;
    if (log === null) return Buffer.alloc(0);
    try {
      const { size } = statSync(log.path);
      if (this.#log === null) this.#offset = Math.max(this.#offset, size);
      const wanted = Math.min(atMost, this.#offset - from - (this.#log?.owed ?? 0));
      return readRange(log.path, Math.max(0, size - Math.max(0, wanted)), size);
    } catch {
      // There is no log yet, or none any more.
      return Buffer.alloc(0);
    }
  }
}

function inodeOf(path: string): number | null {
  return statSync(path, { throwIfNoEntry: false })?.ino ?? null;
}
