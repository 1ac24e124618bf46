import type { LogLevel, ProcessSettings } from "../config/configuration.ts";
import type { RecordedRun } from "../core/journal/record.ts";
import type { LastRun } from "../core/last-run.ts";
import type { Run } from "../core/run.ts";
import type { LoggerClient } from "../logger/client.ts";
import type { LogChannel } from "../protocol/event-stream.ts";
import type { Watchers } from "./current-run.ts";
import type { EventBus } from "./event-bus.ts";
import type { Journal } from "./journal.ts";
import type { KeptSockets } from "./kept-sockets.ts";
import type { ProcessRunner } from "./process-runner.ts";
import type { Stdin } from "./stdin.ts";
import type { TreeFinder } from "./tree-finder.ts";

/** What a runner needs of the daemon around it. */
export type Surroundings = {
  readonly log: (level: LogLevel, message: string) => void;
  /** Tells what keeps a process (`GROUP:NAME`) from starting though it is not its own fault, null for nothing. */
  readonly noteShortage: (process: string, what: string | null) => void;
  readonly setDeadline: (runner: ProcessRunner, at: number | null) => void;
  /** What tells a new run of a process from all else that runs (daemon/core/run-marker.ts). */
  readonly marker: (group: string, process: string) => string;
  readonly environment: (settings: ProcessSettings, group: string, marker: string) => Record<string, string>;
  /** Tells what a process cannot do at present, null once it can again; `where` is `GROUP:NAME`. */
  readonly setFault: (key: string, message: string | null, where: string) => void;
  readonly fifo: (group: string, process: string, stream: "stdin" | "stdout" | "stderr") => string;
  /** Where a channel's log goes, a new name in `childlogdir` for AUTO. */
  readonly logfile: (group: string, settings: ProcessSettings, channel: LogChannel) => string | null;
  readonly bus: EventBus;
  readonly logger: LoggerClient;
  readonly trees: TreeFinder;
  readonly watchers: Watchers;
  readonly keptSockets: KeptSockets;
  readonly journal: Pick<Journal, "remember" | "forget">;
  /** Whether the daemon's log tells the output of programs too. */
  readonly debugs: boolean;
  /** Whether logs are kept without ANSI escape sequences. */
  readonly stripsAnsi: boolean;
  /** Writes a line to the system's log. */
  readonly syslog: (line: string) => void;
};

/** What a process has by the kind of its group. */
export type Wiring = {
  /** Reads all that an event listener writes on stdout; null for a process that is none. */
  readonly onStdout: ((runner: ProcessRunner, data: Buffer) => void) | null;
  /** Null for a stdin that can be written to. */
  readonly stdin: Stdin | null;
};

/** How a process was left by the daemon before; its times count on this daemon's clock. */
export type Left = {
  readonly run: Run;
  readonly last: LastRun;
  readonly recorded: RecordedRun | null;
  readonly isLiving: boolean;
};
