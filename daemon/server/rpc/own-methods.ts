import type { EndedRun } from "../../protocol/ended-run.ts";
import { fault } from "../../protocol/faults.ts";
import type { XmlRpcValue } from "../../xml-rpc/value.ts";
import { argument } from "./argument.ts";
import { findProcess } from "./find.ts";
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
  getEndedRuns: {
    help: "How the last runs of a process ended since the daemon started, the latest first: stop (epoch seconds), seconds that it ran (-1 where the start was not seen), exitstatus (-1 for a signal, or unseen) and signal.",
    result: "array",
    params: [{ name: "name", type: "string" }],
    run: ({ supervisor }, args) =>
      findProcess(supervisor, argument(args, 0, "string")).endedRuns.map(endedRun),
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

/** Milliseconds since 1970 are no number of XML-RPC. */
function endedRun({ endedAt, exit, lastedMs }: EndedRun): XmlRpcValue {
  return {
    stop: Math.floor(endedAt / 1000),
    seconds: lastedMs === null ? -1 : lastedMs / 1000,
    exitstatus: exit?.kind === "code" ? exit.code : -1,
    signal: exit?.kind === "signal" ? exit.signal : "",
  };
}
