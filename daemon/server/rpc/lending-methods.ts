import { problemOfLent } from "../../core/lent-variables.ts";
import { fault } from "../../protocol/faults.ts";
import { argument } from "./argument.ts";
import { start } from "./control.ts";
import { findProcess } from "./find.ts";
import type { Method } from "./method.ts";

/** Starts that differ from the configuration, for one run. */
export const LENDING_METHODS: Readonly<Record<string, Method>> = {
  startProcessWith: {
    help: "Starts a process, for this one run with these variables besides its own; %(ENV_NAME)s in a value is what that variable is without them. Only for the daemon's own control socket.",
    result: "boolean",
    params: [
      { name: "name", type: "string" },
      { name: "environment", type: "struct" },
      { name: "wait", type: "boolean", default: true },
    ],
    // Whoever sets variables such as LD_PRELOAD has programs do what they please.
    privately: true,
    run: async ({ supervisor, log }, args) => {
      const name = argument(args, 0, "string");
      const given = argument(args, 1, "struct");
      const problem = problemOfLent(given);
      if (problem !== null) throw fault("BAD_ARGUMENTS", problem);
      const lent = Object.fromEntries(Object.entries(given).map(([key, value]) => [key, String(value)]));
      const starting = start(findProcess(supervisor, name), argument(args, 2, "boolean"), name, lent);
      log.write("info", `starting ${name} for one run with ${Object.keys(lent).join(", ")} lent to it`);
      await starting;
      return true;
    },
  },
};
