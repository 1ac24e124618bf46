import type { Server } from "../model/server.ts";
import { nextChange } from "./next-change.ts";
import type { Servers } from "./servers.ts";

/** Resolves once every supervisor of the window is connected or known to be away. Rejects once the signal says so. */
export async function settled(servers: Servers, signal: AbortSignal): Promise<void> {
  const isOpen = ({ state: { kind } }: Server) => kind === "looking" || kind === "starting";
  while (!servers.isDiscovered || servers.views.some(isOpen)) await nextChange(servers, signal);
}
