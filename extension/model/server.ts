import type { ServerInfo } from "../../daemon/protocol/event-stream.ts";
import { makeNamespec } from "../../daemon/protocol/names.ts";
import type { Pending } from "./pending.ts";
import type { ProcessTable } from "./process-table.ts";

/** One configuration of the window and the supervisor behind it, or a supervisor that was added by its address. */
export type Server = {
  /** What ids and commands call it: the path of its configuration as the window shows it, or the name it was given. */
  readonly key: string;
  /** Absolute path; null for a server that was added by its address. */
  readonly configFile: string | null;
  /** The address that it was added by, without a password; null for one that is found by its configuration. */
  readonly url: string | null;
  readonly state: ServerState;
  /** What its configuration on disk would change; nothing where none or no other than that in force is there. */
  readonly pending?: Pending | null;
};

/** What is known of a supervisor; each state carries only what is true in it. */
export type ServerState =
  | { readonly kind: "looking" }
  | { readonly kind: "notRunning" }
  | { readonly kind: "starting" }
  /** The configuration is refused, or the supervisor did not start; `reason` is a sentence. */
  | { readonly kind: "failed"; readonly reason: string; readonly place: TextPlace | null }
  | { readonly kind: "unreachable"; readonly reason: string; readonly cause: UnreachableCause }
  | Connected;

export type Connected = {
  readonly kind: "connected";
  /** How the supervisor is reached, without a password. */
  readonly address: string;
  /** Null for a supervisor without an event stream: it is asked again and again instead. */
  readonly info: ServerInfo | null;
  readonly processes: ProcessTable;
};

export type UnreachableCause = "password" | "permission" | "otherConfiguration" | "other";

/** Whether it is worth looking again by itself: what needs a password or another setting needs a person first. */
export function mayReturn(state: ServerState): boolean {
  return state.kind === "notRunning" || (state.kind === "unreachable" && state.cause === "other");
}

/** A place in a file; line and column count from one. */
export type TextPlace = { readonly file: string; readonly line: number; readonly column: number };

/** What is known of a supervisor, as a line of the log. */
export function describeState({ key, configFile, url, state }: Server): string {
  const name = configFile ?? (key === url ? key : `${key} (${url})`);
  switch (state.kind) {
    case "looking":
      return `${name}: looking for its supervisor`;
    case "notRunning":
      return `${name}: no supervisor runs`;
    case "starting":
      return `${name}: starting its supervisor`;
    case "failed":
      return `${name}: cannot start: ${state.reason}`;
    case "unreachable":
      return `${name}: cannot connect: ${state.reason}`;
    case "connected":
      return `${name}: connected to ${state.address}, ${state.info === null ? "asking it" : `version ${state.info.version}, pid ${state.info.pid}`}`;
  }
}

/** How many programs run, and which ones need somebody to look. */
export type Summary = {
  readonly running: number;
  readonly total: number;
  readonly fatal: readonly string[];
  readonly backingOff: readonly string[];
};

/** The summary of all the servers that answer; programs are named as commands take them. */
export function summarise(servers: readonly Server[]): Summary {
  const processes = servers.flatMap(({ state }) =>
    state.kind === "connected" ? [...state.processes.values()] : [],
  );
  const named = (wanted: string) =>
    processes.filter(({ state }) => state === wanted).map(({ group, name }) => makeNamespec(group, name));
  return {
    running: processes.filter(({ state }) => state === "RUNNING").length,
    total: processes.length,
    fatal: named("FATAL"),
    backingOff: named("BACKOFF"),
  };
}
