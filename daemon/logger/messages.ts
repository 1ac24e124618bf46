/**
 * What the daemon and its logger tell each other over a private unix socket. A frame is two 32-bit lengths (big-endian),
 * then that many bytes of JSON, one object of these unions, then that many bytes of output.
 */

/** Raised with each change of the messages, or of what a logger does: a daemon replaces a logger of another version. */
export const LOGGER_VERSION = 1;

/** How much of what a slow daemon missed of a log it gets after all: the end, which says how things stand. */
export const CATCH_UP_BYTES = 64 * 1024;

/** A log file and when it is rotated. */
type LogTarget = { readonly path: string; readonly maxbytes: number; readonly backups: number };

/**
 * What becomes of output: `raw` is all of it as it was read, `outside` what is logged, `inside` what stands between the
 * tokens of capture mode, `message` the whole of that, `rest` what was held back for a token until the program ended.
 */
export type PieceKind = "raw" | "outside" | "inside" | "message" | "rest";

/** One channel of output. */
export type ChannelSettings = {
  /** Null for no log file. */
  readonly log: LogTarget | null;
  readonly stripsAnsi: boolean;
  /** 0 for no capture mode. */
  readonly captureMaxbytes: number;
  /** What the daemon is told of, all of it: while it cannot take more, the channel is not read. */
  readonly told: readonly PieceKind[];
};

/** Where to follow a log: after the last `atMost` bytes, but nothing from before `from`. */
export type FollowRequest = { readonly from: number | null; readonly atMost: number };

/** `key` is the path of the channel's FIFO. */
export type ToLogger =
  | { readonly type: "hello"; readonly version: number }
  /** Defines a channel, or changes it. */
  | { readonly type: "channel"; readonly key: string; readonly settings: ChannelSettings }
  /** Reads the FIFO until nobody may write to it any more. */
  | { readonly type: "open"; readonly key: string }
  /** Puts what waits in the log, then answers. */
  | { readonly type: "drain"; readonly key: string; readonly id: number }
  | ({ readonly type: "follow"; readonly key: string; readonly id: number } & FollowRequest)
  /** Nobody follows the channel any more. */
  | { readonly type: "unfollow"; readonly key: string }
  /** The log was emptied. */
  | { readonly type: "cleared"; readonly key: string }
  | { readonly type: "reopen"; readonly key: string }
  /** Puts what waits in the log and forgets the channel. */
  | { readonly type: "close"; readonly key: string }
  | { readonly type: "list" }
  /** Puts all that waits in the logs; with `handsOver` another logger reads on. */
  | { readonly type: "finish"; readonly handsOver: boolean };

export type FromLogger =
  | { readonly type: "welcome"; readonly version: number; readonly pid: number }
  | { readonly type: "drained"; readonly key: string; readonly id: number }
  /** The end of the log before all `output` that comes from now on; `offset` is that of the first byte. */
  | { readonly type: "history"; readonly key: string; readonly id: number; readonly offset: number }
  | { readonly type: "output"; readonly key: string; readonly offset: number }
  | { readonly type: "piece"; readonly key: string; readonly kind: PieceKind }
  /** Nobody may write to the FIFO any more. */
  | { readonly type: "ended"; readonly key: string }
  /** What cannot be done at present; null once it can again. */
  | { readonly type: "fault"; readonly key: string; readonly name: string; readonly message: string | null }
  | { readonly type: "channels"; readonly channels: readonly OpenChannel[] }
  | { readonly type: "finished" }
  /** The logger itself is broken, and ends. */
  | { readonly type: "broken"; readonly message: string };

/** A channel whose FIFO somebody may still write to. */
export type OpenChannel = { readonly key: string; readonly settings: ChannelSettings };
