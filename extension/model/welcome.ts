import { needsAttention } from "./attention.ts";
import type { Connected, Server } from "./server.ts";

/** Which text an empty view shows; null where it has rows. The values are those of the context key `supervisord.welcome`. */
export type Welcome =
  | "untrusted"
  | "windows"
  | "noConfiguration"
  | "notRunning"
  | "needsPassword"
  | "permissionDenied"
  | "otherConfiguration"
  | "unreachable"
  | "noPrograms"
  | "filteredOut";

/**
 * The text in place of the rows: for a window without a server, or with one that there is nothing to show of. Null
 * servers are being looked for: nothing can be said yet.
 */
export function welcomeFor(
  trusted: boolean,
  servers: readonly Server[] | null,
  onlyFailing: boolean,
  isWindows: boolean,
): Welcome | null {
  if (!trusted) return "untrusted";
  if (servers === null) return null;
  if (onlyFailing && servers.length > 0 && servers.every(hasNothingFailing)) return "filteredOut";
  const [server, ...others] = servers;
  if (server === undefined) return isWindows ? "windows" : "noConfiguration";
  // What is said of a configuration does not hold for a server that was added by its address.
  if (others.length > 0 || server.configFile === null) return null;
  if (server.state.kind === "notRunning") return "notRunning";
  if (server.state.kind === "connected") return hasRows(server.state) ? null : "noPrograms";
  if (server.state.kind !== "unreachable") return null;
  return UNREACHABLE[server.state.cause];
}

function hasNothingFailing({ state }: Server): boolean {
  return (
    state.kind === "connected" &&
    state.processes.size > 0 &&
    ![...state.processes.values()].some(needsAttention) &&
    !hasTrouble(state)
  );
}

function hasRows(state: Connected): boolean {
  return state.processes.size > 0 || hasTrouble(state);
}

function hasTrouble({ info }: Connected): boolean {
  return info !== null && info.faults.length + info.leftBehind.length > 0;
}

const UNREACHABLE = {
  password: "needsPassword",
  permission: "permissionDenied",
  otherConfiguration: "otherConfiguration",
  other: "unreachable",
} as const;
