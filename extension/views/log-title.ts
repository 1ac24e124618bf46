import { makeNamespec } from "../../daemon/protocol/names.ts";
import type { Target } from "../model/target.ts";

/** What the logs of a target are called among those of this extension. */
export function titleOf(target: Target): string {
  switch (target.kind) {
    case "server":
      return target.server;
    case "group":
      return `${target.group}:*`;
    case "instances":
      return `${target.group}:${target.program}`;
    case "process":
      return makeNamespec(target.group, target.name);
  }
}

/** An instant as a line of ours tells it. */
export function clock(instantMs: number): string {
  return new Date(instantMs).toLocaleTimeString();
}
