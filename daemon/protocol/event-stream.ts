import type { Mood, StateName } from "./states.ts";

/**
 * `GET /events`: server-sent events, each one JSON object of the union `StreamEvent`, with the sequence number
 * as its `id`. The first event is a `snapshot`, unless `Last-Event-ID` names an event that is still remembered:
 * then what was missed follows at once.
 *
 * Query: `process=GROUP:NAME` (repeatable) limits the stream to those processes; `log=stdout`, `log=stderr`
 * (repeatable) adds their output; `history=BYTES` asks for that much of the log before what is written next;
 * `window=keep` or `window=stop:SECONDS` says that a window of an editor is there as long as the connection stands.
 */
export type StreamEvent =
  | { readonly type: "snapshot"; readonly server: ServerInfo; readonly processes: readonly ProcessSnapshot[] }
  | { readonly type: "process"; readonly from: StateName; readonly process: ProcessSnapshot }
  | { readonly type: "added"; readonly processes: readonly ProcessSnapshot[] }
  | { readonly type: "removed"; readonly group: string }
  | { readonly type: "server"; readonly server: ServerInfo }
  | LogEvent
  /** The reader was too slow: `bytes` of output were left out of this stream (the log file has them). */
  | { readonly type: "dropped"; readonly bytes: number };

/** Output of a process. `offset` counts bytes from the start of the log that the daemon keeps. */
type LogEvent = {
  readonly type: "log";
  readonly group: string;
  readonly name: string;
  readonly channel: LogChannel;
  readonly offset: number;
  readonly text: string;
  /** True for what was written before the subscription. */
  readonly history: boolean;
};

export type LogChannel = "stdout" | "stderr";

/** The daemon as a whole. `startedAt` is epoch milliseconds. */
export type ServerInfo = {
  readonly identifier: string;
  /** The release of Supervisor that it behaves as. */
  readonly version: string;
  /** The version of the package that it is of. */
  readonly build: string;
  readonly pid: number;
  readonly mood: Mood;
  readonly configFile: string;
  readonly logfile: string;
  readonly startedAt: number;
  /** Whether the configuration on disk differs from the one in force. */
  readonly configChanged: boolean;
  /** The digest (see `Plan`) of the configuration that was read last. */
  readonly digest: string;
  /** Whether an editor started it, whose windows decide how long it runs. */
  readonly isForEditor: boolean;
  /** What is wrong at present; programs run on meanwhile. */
  readonly faults: readonly PresentFault[];
  /** What a daemon before this one started, and this one could not take over. */
  readonly leftBehind: readonly LeftBehind[];
};

/** A living program that no entry of the configuration stands for: nobody restarts it, and `shutdown` does not stop it. */
export type LeftBehind = {
  readonly pid: number;
  /** `GROUP:NAME` of the program that it was started for. */
  readonly name: string;
  readonly command: string;
  /** Why it is left alone, as a part of a sentence: "the configuration has no a:web any more". */
  readonly reason: string;
};

/** Something that the daemon cannot do, and goes on trying. `since` is epoch milliseconds. */
export type PresentFault = {
  readonly key: string;
  /** `GROUP:NAME` of the process that it concerns, null for the daemon itself. */
  readonly where: string | null;
  readonly since: number;
  /** A sentence: what is wrong, with file and reason. */
  readonly message: string;
};

/** How a process ended: by itself with a code, by a signal, or unseen (the daemon was not its parent). */
export type Exit =
  | { readonly kind: "code"; readonly code: number }
  | { readonly kind: "signal"; readonly signal: string }
  | { readonly kind: "unknown" };

/** One process as the event stream tells it. Times are epoch milliseconds. */
export type ProcessSnapshot = {
  readonly group: string;
  readonly name: string;
  readonly state: StateName;
  readonly pid: number | null;
  readonly command: string;
  readonly priority: number;
  readonly startedAt: number | null;
  readonly stoppedAt: number | null;
  /** When a process in BACKOFF, or EXITED and waiting for its restart, is tried next. */
  readonly retryAt: number | null;
  readonly exit: Exit | null;
  readonly spawnError: string | null;
  /** For EXITED: whether the exit code was one of `exitcodes`. */
  readonly expected: boolean;
  readonly stdoutLogfile: string | null;
  readonly stderrLogfile: string | null;
  /** What its last run left behind and is being stopped. */
  readonly leftovers: readonly Leftover[];
  /** Whether it still runs with the command or environment of a configuration before this one. */
  readonly outdated: boolean;
};

/** A process that a program started and that outlived it. */
type Leftover = { readonly pid: number; readonly command: string };

/** Media type of the stream, by which a client knows our daemon from a real supervisord (which answers 404). */
export const EVENT_STREAM_TYPE = "text/event-stream";
