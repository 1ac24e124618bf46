import type { LeftBehind } from "../../daemon/protocol/event-stream.ts";
import type { Server } from "./server.ts";

/** The id of the row of a program that no daemon watches over: `SERVER|^PID`. */
export function leftBehindId(server: string, pid: number): string {
  return `${server}|^${pid}`;
}

/** The server and the program that such an id means; null where there is none. */
export function findLeftBehind(
  servers: readonly Server[],
  id: string,
): { readonly server: string; readonly program: LeftBehind } | null {
  for (const { key, state } of servers) {
    if (state.kind !== "connected") continue;
    const program = state.info?.leftBehind.find(({ pid }) => leftBehindId(key, pid) === id);
    if (program !== undefined) return { server: key, program };
  }
  return null;
}
