import type { CancellationToken, Event } from "vscode";

/**
 * What other extensions get from this one:
 * `await extensions.getExtension<SupervisordApi>("vscode-supervisord.vscode-supervisord")?.activate()`.
 */
export type SupervisordApi = {
  /** Grows when something is changed or taken away; what is only added leaves it as it is. */
  readonly version: 1;
  /** Programs came, changed their state or went. Of a supervisord that has to be asked it tells what the view sees. */
  readonly onDidChange: Event<ProgramChange>;
  /** Every process of every supervisord of the window that answers, as it is now. */
  list(): Promise<readonly Program[]>;
  /**
   * Starts a program or group, and its supervisord where none runs (the user is asked before), and waits until it is
   * running. Like each of these acts it resolves where all is so already, and rejects with a sentence for the user.
   */
  start(program: ProgramName, options?: ActOptions): Promise<void>;
  /** Stops it and waits until it is down. */
  stop(program: ProgramName, options?: ActOptions): Promise<void>;
  /** Stops and starts it and waits until it is running. */
  restart(program: ProgramName, options?: ActOptions): Promise<void>;
  /** Waits until it is running, whoever starts it; rejects once it has failed. */
  waitFor(program: ProgramName, options?: ActOptions): Promise<void>;
};

/** `web`, `group:web`, `group:*` or the `id` of a program; with `server` only there, as the view names it. */
export type ProgramName = string | { readonly program: string; readonly server?: string };

export type ActOptions = {
  /** Gives up after so many milliseconds; 60,000 unless given. */
  readonly timeoutMs?: number;
  /** Stops waiting; what was asked of the supervisord goes on. */
  readonly token?: CancellationToken;
};

/** A process as it is at an instant. */
export type Program = {
  /** Names it among all of the window: every command and `ProgramName` takes it. */
  readonly id: string;
  /** The supervisord as the view names it: the path of its configuration. */
  readonly server: string;
  readonly group: string;
  readonly name: string;
  readonly state:
    | "STOPPED"
    | "STARTING"
    | "RUNNING"
    | "BACKOFF"
    | "STOPPING"
    | "EXITED"
    | "FATAL"
    | "UNKNOWN";
  /** Null while it is down. */
  readonly pid: number | null;
  /** Milliseconds since 1970; null where it never ran. */
  readonly startedAt: number | null;
  /** How it ended last; null where it never did, a signal ended it, or nobody saw. */
  readonly exitCode: number | null;
};

export type ProgramChange = {
  /** New ones, and those that are not as they were. */
  readonly changed: readonly Program[];
  /** The ids of those that are gone. */
  readonly removed: readonly string[];
};
