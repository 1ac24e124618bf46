import { forceStopOf } from "../../client/force-stop.ts";
import { words } from "../../config/python/text.ts";
import { FAULT_CODES } from "../../protocol/faults.ts";
import { EXIT } from "../exit-status.ts";
import { signalResult, startResult, stopResult } from "../format.ts";
import { isUp, type Session } from "../session.ts";
import { actOn } from "./act.ts";
import type { Action } from "./action.ts";
import { refuseUsage } from "./usage.ts";

/** `start`. */
export const start: Action = {
  names: "process",
  help: [
    "start <name> [<name> ...]   start processes",
    "start <group>:*             start every process of a group",
    "start all                   start everything",
  ],
  async run(session, argument) {
    if (await isUp(session)) await startNames(session, words(argument));
    return undefined;
  },
};

/** `stop`. */
export const stop: Action = {
  names: "process",
  help: [
    "stop <name> [<name> ...]   stop processes",
    "stop <group>:*             stop every process of a group",
    "stop all                   stop everything",
    "stop --force <name> ...    kill processes at once, with all that they started, also while they are being stopped",
  ],
  async run(session, argument) {
    if (await isUp(session)) await stopNames(session, namesIn(argument));
    return undefined;
  },
};

/** `restart`: the configuration is not read again. */
export const restart: Action = {
  names: "process",
  help: [
    "restart <name> [<name> ...]   stop and start processes",
    "restart <group>:*             stop and start every process of a group",
    "restart all                   stop and start everything",
    "restart --force <name> ...    kill processes at once, with all that they started, and start them",
    "The configuration is not read again: that is what reread and update do.",
  ],
  async run(session, argument) {
    if (!(await isUp(session))) return undefined;
    const wanted = namesIn(argument);
    if (wanted.names.length === 0)
      return refuseUsage(session, "Error: restart requires a process name", restart);
    await stopNames(session, wanted);
    await startNames(session, wanted.names);
    return undefined;
  },
};

/** `signal`. */
export const signal: Action = {
  names: "process",
  help: [
    "signal <signal> <name> [<name> ...]   send a signal (HUP, SIGUSR1, 10) to processes",
    "signal <signal> <group>:*             send it to every process of a group",
    "signal <signal> all                   send it to everything",
  ],
  async run(session, argument) {
    if (!(await isUp(session))) return undefined;
    const [name = "", ...names] = words(argument);
    if (names.length === 0) {
      return refuseUsage(session, "Error: signal requires a signal name and a process name", signal);
    }
    const { rpc } = session;
    await actOn(session, names, {
      all: () => rpc.signalAllProcesses(name),
      group: (group) => rpc.signalProcessGroup(group, name),
      one: (process) => rpc.signalProcess(process, name),
      format: signalResult,
    });
    return undefined;
  },
};

async function startNames(session: Session, names: readonly string[]): Promise<void> {
  if (names.length === 0) {
    refuseUsage(session, "Error: start requires a process name", start, EXIT.INVALID_ARGS);
    return;
  }
  const { rpc } = session;
  await actOn(session, names, {
    all: () => rpc.startAllProcesses(),
    group: (group) => rpc.startProcessGroup(group),
    one: (name) => rpc.startProcess(name),
    format: startResult,
    ignored: FAULT_CODES.ALREADY_STARTED,
    badGroupStatus: EXIT.INVALID_ARGS,
  });
}

type Wanted = { readonly names: readonly string[]; readonly force: boolean };

/** The names among the arguments, and whether one of them is `--force`. */
function namesIn(argument: string): Wanted {
  const given = words(argument);
  const names = given.filter((word) => word !== FORCE);
  return { names, force: names.length < given.length };
}

const FORCE = "--force";

async function stopNames(session: Session, { names, force }: Wanted): Promise<void> {
  if (names.length === 0) {
    refuseUsage(session, "Error: stop requires a process name", stop);
    return;
  }
  const { rpc } = session;
  const acts = force
    ? forceStopOf(rpc)
    : {
        all: () => rpc.stopAllProcesses(),
        group: (group: string) => rpc.stopProcessGroup(group),
        one: (name: string) => rpc.stopProcess(name),
      };
  await actOn(session, names, { ...acts, format: stopResult, ignored: FAULT_CODES.NOT_RUNNING });
}
