import type { LastRun } from "../last-run.ts";
import type { Process } from "../process.ts";

/** Raised when a daemon could no longer make sense of an older daemon's records. */
export const JOURNAL_VERSION = 1;

/** The first line of a journal: whose it is. */
export type JournalHeader = {
  readonly type: "opened";
  readonly version: number;
  /** What the markers of this daemon's programs begin with. */
  readonly daemon: string;
  /** Differs from one start of the machine, or container, to the next. */
  readonly boot: string;
};

/** One process as it was when something about it changed: all that a daemon after this one needs to go on with it. */
export type ProcessRecord = {
  readonly type: "process";
  readonly group: string;
  readonly name: string;
  /** Its times are milliseconds since the machine started. */
  readonly process: Process;
  readonly last: LastRun;
  /** The run that is or was last; `pid` and `startTime` are null until the system told them. */
  readonly run: RecordedRun | null;
  /** Where its output goes: a name that was made up (AUTO) must be found again. */
  readonly logs: { readonly stdout: string | null; readonly stderr: string | null };
};

export type RecordedRun = {
  readonly marker: string;
  readonly pid: number | null;
  readonly startTime: string | null;
  /** Digest of the settings that it was started with. */
  readonly launch: string;
  /** Whether its stderr has a FIFO of its own. */
  readonly separateStderr: boolean;
};

/** A process of which nothing is to be remembered. */
export type Forgotten = { readonly type: "forgotten"; readonly group: string; readonly name: string };

/** A process with its times moved: between one clock's zero and another's. */
export function shiftTimes(process: Process, byMs: number): Process {
  switch (process.state) {
    case "STARTING":
      if (process.phase === "spawning") return process;
      return { ...process, startedAt: process.startedAt + byMs, upAt: process.upAt + byMs };
    case "RUNNING":
      return { ...process, startedAt: process.startedAt + byMs };
    case "BACKOFF":
      return { ...process, retryAt: process.retryAt + byMs };
    case "STOPPING":
      if (process.phase === "leftovers") return process;
      return { ...process, startedAt: process.startedAt + byMs, killAt: process.killAt + byMs };
    case "EXITED": {
      const { restart } = process;
      return { ...process, restart: restart && { ...restart, at: restart.at + byMs } };
    }
    case "STOPPED":
    case "FATAL":
    case "UNKNOWN":
      return process;
  }
}
