import type { ServerInfo } from "../../daemon/protocol/event-stream.ts";

/**
 * Whether a daemon is to hand its programs over to the one that the extension brings: it is of an earlier version, an
 * editor started it, and nobody is ending it already.
 */
export function isToBeSucceeded(info: ServerInfo, bundled: string): boolean {
  return info.isForEditor && info.mood === "RUNNING" && isEarlier(info.build, bundled);
}

/** Compares versions number by number; what follows a hyphen does not count. */
function isEarlier(one: string, other: string): boolean {
  const [a, b] = [numbersOf(one), numbersOf(other)];
  const at = a.findIndex((number, index) => number !== b[index]);
  return at !== -1 && (a[at] ?? 0) < (b[at] ?? 0);
}

function numbersOf(version: string): number[] {
  const [core = ""] = version.split("-");
  const numbers = core.split(".").map(Number);
  // A version that cannot be read is neither earlier nor later.
  return numbers.length === 3 && numbers.every(Number.isSafeInteger) ? numbers : [];
}
