import type { LeftBehind } from "../../daemon/protocol/event-stream.ts";
import type { Server } from "./server.ts";

/** A program that no daemon watches over, and the server that knows of it. */
export type FoundLeftBehind = { readonly server: string; readonly program: LeftBehind };

/** The id of the row of a program that no daemon watches over: `SERVER|^PID`. */
export function leftBehindId(server: string, pid: number): string {
  return `${server}|^${pid}`;
}

/** The server and the program that such an id means; null where there is none. */
export function findLeftBehind(servers: readonly Server[], id: string): FoundLeftBehind | null {
  return (
    allLeftBehind(servers).find(({ server, program }) => leftBehindId(server, program.pid) === id) ?? null
  );
}

/** Every program of the window that no daemon watches over. */
export function allLeftBehind(servers: readonly Server[]): FoundLeftBehind[] {
  return servers.flatMap(({ key, state }) =>
    state.kind === "connected"
      ? (state.info?.leftBehind ?? []).map((program) => ({ server: key, program }))
      : [],
  );
}
