import { argument } from "./argument.ts";
import { forceStop, isForceStoppable } from "./control.ts";
import { each } from "./each.ts";
import { findTarget } from "./find.ts";
import type { Method } from "./method.ts";

const WAIT = { name: "wait", type: "boolean", default: true } as const;

/** `supervisord.forceStop*`: SIGKILL for those that do not stop, and for all that they started. */
export const FORCE_STOP_METHODS: Readonly<Record<string, Method>> = {
  forceStopProcess: {
    help: "Kills a process, or all of a group (`group:*`), with all that it started, also while it is being stopped.",
    result: "boolean",
    params: [{ name: "name", type: "string" }, WAIT],
    whileEnding: true,
    run: async ({ supervisor, log }, args) => {
      const name = argument(args, 0, "string");
      const wait = argument(args, 1, "boolean");
      const target = findTarget(supervisor, name);
      if (target.kind === "group")
        return each(target.runners.filter(isForceStoppable), (r) => forceStop(log, r, wait));
      await forceStop(log, target.runner, wait, name);
      return true;
    },
  },
  forceStopAllProcesses: {
    help: "Kills all processes with all that they started, also those that are being stopped.",
    result: "array",
    params: [WAIT],
    whileEnding: true,
    run: ({ supervisor, log }, args) => {
      const wait = argument(args, 0, "boolean");
      return each(supervisor.runnersInOrder().filter(isForceStoppable), (r) => forceStop(log, r, wait));
    },
  },
};
