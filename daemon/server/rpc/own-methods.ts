import { fault } from "../../protocol/faults.ts";
import { argument } from "./argument.ts";
import type { Method } from "./method.ts";
import { previewValue } from "./preview-value.ts";

/** `supervisord.*`: methods beyond Supervisor's, for the clients of this package. */
export const OWN_METHODS: Readonly<Record<string, Method>> = {
  reloadKeep: {
    help: "Starts the daemon over with the configuration as it is on disk; programs run on.",
    result: "boolean",
    params: [],
    run: (daemon) => {
      daemon.reloadKeep();
      return true;
    },
  },
  handOver: {
    help: "Ends the daemon; programs run on, and the daemon that is started next goes on with them.",
    result: "boolean",
    params: [],
    run: (daemon) => {
      daemon.handOver();
      return true;
    },
  },
  previewConfig: {
    help: "What a reload would change, as structs of names and options with their values before and after; nothing is read into force.",
    result: "struct",
    params: [],
    run: (daemon) => previewValue(daemon.preview()),
  },
  getLeftovers: {
    help: "Living programs of an earlier daemon that this one did not take over: pid, name, command and reason of each.",
    result: "array",
    params: [],
    run: ({ leftovers }) => leftovers.list.map((leftover) => ({ ...leftover })),
  },
  stopLeftover: {
    help: "Stops the one of them that has this pid, and what it started: SIGTERM, and SIGKILL after 10 seconds; returns when they are gone.",
    result: "boolean",
    params: [{ name: "pid", type: "int" }],
    run: async ({ leftovers }, args) => {
      const pid = argument(args, 0, "int");
      const end = await leftovers.stop(pid);
      if (end === "unknown") throw fault("BAD_NAME", String(pid));
      if (end === "stays") throw fault("FAILED", `pid ${pid} does not end, or may not be signalled`);
      return true;
    },
  },
};
