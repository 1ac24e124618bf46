import type { Problem } from "../../daemon/config/problem.ts";

/** Whether a problem counts for a file that is only a part of a configuration: what it lacks may stand in another part. */
export function concernsPart(problem: Problem): boolean {
  return !ABOUT_THE_WHOLE.has(problem.code);
}

const ABOUT_THE_WHOLE: ReadonlySet<string> = new Set([
  "section.no-supervisord",
  "group.unknown-program",
  "rpcinterface.missing",
]);
