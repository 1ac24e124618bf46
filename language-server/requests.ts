/** What a client may say when it starts the server. */
export type InitializationOptions = {
  /** Paths of the workspace's folders, where the user has not said that they are to be trusted: then only they are read. */
  readonly untrustedFolders?: readonly string[];
  /** Command of the client that offers completions at the cursor: it is to be run after an item that leads on to more. */
  readonly suggestCommand?: string;
};

/** Command of the server, with the path of a folder: makes it, and those above it. */
export const CREATE_FOLDER = "supervisord.createFolder";

/** Notification to the server: the user trusts the workspace by now. */
export const TRUST_GRANTED = "supervisord/trustGranted";

/** Notification to the server, with `ToldEnvironment`: which variables programs would get. */
export const ENVIRONMENT = "supervisord/environment";

/** The environment that programs run in, where it is not that of the editor. */
export type ToldEnvironment = { readonly environment: Readonly<Record<string, string>> };

/** Notification to the server, with `LiveServers`: what the client knows of running supervisors. It replaces the last one. */
export const LIVE_SERVERS = "supervisord/liveServers";

/** The supervisors that a client is connected to. */
export type LiveServers = { readonly servers: readonly LiveServer[] };

/** The processes of one supervisor. */
export type LiveServer = {
  /** Absolute path of its main configuration. */
  readonly configFile: string;
  readonly processes: readonly LiveProcess[];
};

/** A process as the client shows it. */
export type LiveProcess = {
  readonly group: string;
  readonly name: string;
  /** What the client's commands call it. */
  readonly id: string;
  /** Supervisor's name of its state, such as `RUNNING`. */
  readonly state: string;
  readonly pid: number | null;
  /** What the client can do to it now. */
  readonly acts: readonly LiveAct[];
};

export type LiveAct = "start" | "stop" | "restart" | "forceStop";

/** The client's commands, which take a list of ids: what a lens does when it is clicked. */
export const LIVE_COMMANDS: Readonly<Record<LiveAct | "output", string>> = {
  start: "supervisord.start",
  stop: "supervisord.stop",
  restart: "supervisord.restart",
  forceStop: "supervisord.forceStop",
  output: "supervisord.showOutput",
};
