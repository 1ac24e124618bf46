import { closeSync, constants, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import type { LogSettings } from "../config/configuration.ts";
import { makeFifos, openForChild, openForReading } from "../io/fifo.ts";
import { LastingLog } from "../io/lasting-log.ts";
import { standardStream } from "../io/standard-stream.ts";
import { emptyTrusted, openTrusted } from "../io/trusted-file.ts";
import type { LoggerClient } from "../logger/client.ts";
import type { FollowListener, LoggerChannel } from "../logger/logger-channel.ts";
import type { ChannelSettings, FollowRequest, PieceKind } from "../logger/messages.ts";

type Paths = {
  readonly fifo: string;
  /** Null for no log. */
  readonly logfile: string | null;
};

/** Who else has to do with a channel's output. Data is only valid during the calls. */
export type OutputWishes = {
  /** What cannot be done at present, by a name for it; null once it can again. */
  readonly onFault: (name: string, message: string | null) => void;
  readonly stripsAnsi: boolean;
  /** 0 for no capture mode. */
  readonly captureMaxbytes: number;
  /** Sees what each kind of piece is listed for; a kind without anybody is not told of. */
  readonly onPiece: Readonly<Partial<Record<PieceKind, (data: Buffer) => void>>>;
  /** Nobody may write to the channel any more. */
  readonly onEnded: () => void;
};

const LOG_FLAGS = constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND | constants.O_NONBLOCK;

/** What may be over soon, and is no mistake in the configuration. */
const PASSING: ReadonlySet<string> = new Set(["ENOSPC", "EDQUOT", "EROFS", "EIO"]);

/** One output channel of a process. Its logger reads it, and puts it in the log. */
export class Output {
  readonly #paths: Paths;
  readonly #channel: LoggerChannel;
  /** The daemon's own stdout or stderr as a log, which the logger does not have. */
  readonly #stream: LastingLog | null;
  /** Keeps what was written from being lost as long as nobody else reads. */
  #guard: number | null = null;

  constructor(paths: Paths, settings: LogSettings, wishes: OutputWishes, logger: LoggerClient) {
    this.#paths = paths;
    const { logfile } = paths;
    const target =
      logfile === null ? null : { path: logfile, maxbytes: settings.maxbytes, backups: settings.backups };
    this.#stream =
      target !== null && standardStream(target.path) !== null ? new LastingLog(target, wishes.onFault) : null;
    const onPiece = this.#stream === null ? wishes.onPiece : withStream(wishes.onPiece, this.#stream);
    const channel: ChannelSettings = {
      log: this.#stream === null ? target : null,
      stripsAnsi: wishes.stripsAnsi,
      captureMaxbytes: wishes.captureMaxbytes,
      told: Object.keys(onPiece) as PieceKind[],
    };
    const { onFault, onEnded } = wishes;
    this.#channel = logger.channel(paths.fifo, channel, {
      onFault,
      onEnded,
      onPiece: (kind, data) => onPiece[kind]?.(data),
    });
  }

  get fifo(): string {
    return this.#paths.fifo;
  }

  get logfile(): string | null {
    return this.#paths.logfile;
  }

  /** Opens the FIFO for a new child; the descriptor is for the child. Throws what the system says, also of a new log. */
  open(): { readonly descriptor: number; readonly close: () => void } {
    if (this.#guard === null) this.#tryLog();
    makeFifos([this.#paths.fifo]);
    const descriptor = openForChild(this.#paths.fifo);
    this.adopt();
    return { descriptor, close: () => closeSync(descriptor) };
  }

  /** Goes on reading what somebody who has the FIFO open already writes. Throws what the system says. */
  adopt(): void {
    const before = this.#guard;
    // The FIFO may be another one: somebody may have removed the folder.
    this.#guard = openForReading(this.#paths.fifo);
    if (before !== null) closeSync(before);
    this.#channel.open();
  }

  /** Resolves when all that a child that just ended has left is in the log, and was told. */
  drain(): Promise<void> {
    return this.#channel.drain();
  }

  /** Follows the log; returns how to stop. */
  follow(request: FollowRequest, listener: FollowListener): () => void {
    return this.#channel.follow(request, listener);
  }

  /** Empties the log. Throws what the system says. */
  clearLog(): void {
    if (this.#paths.logfile === null || this.#guard === null || this.#stream !== null) return;
    emptyTrusted(this.#paths.logfile);
    this.#channel.noteCleared();
  }

  reopenLog(): void {
    this.#channel.reopen();
  }

  /** Leaves it to the logger, which goes on for the daemon that comes next. */
  release(): void {
    this.#stream?.close();
    if (this.#guard !== null) closeSync(this.#guard);
    this.#guard = null;
  }

  close(): void {
    this.#channel.close();
    this.#stream?.close();
    if (this.#guard !== null) closeSync(this.#guard);
    this.#guard = null;
  }

  /** As Supervisor, that starts no program whose log cannot be there; a disk that is full now is another matter. */
  #tryLog(): void {
    const { logfile } = this.#paths;
    if (logfile === null || this.#stream !== null) return;
    try {
      // It was there when the configuration was read: somebody removed it since.
      mkdirSync(dirname(logfile), { recursive: true });
      closeSync(openTrusted(logfile, LOG_FLAGS, 0o644));
    } catch (error) {
      if (!PASSING.has((error as NodeJS.ErrnoException).code ?? "")) throw error;
    }
  }
}

/** The same pieces, and what is logged goes to a stream of the daemon's own. */
function withStream(onPiece: OutputWishes["onPiece"], stream: LastingLog): OutputWishes["onPiece"] {
  const log = (kind: "outside" | "rest") => (data: Buffer) => {
    stream.write(data);
    onPiece[kind]?.(data);
  };
  return { ...onPiece, outside: log("outside"), rest: log("rest") };
}
