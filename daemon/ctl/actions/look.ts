import { words } from "../../config/python/text.ts";
import { FAULT_CODES, Fault } from "../../protocol/faults.ts";
import { makeNamespec, splitNamespec } from "../../protocol/names.ts";
import type { ProcessInfo } from "../../protocol/process-info.ts";
import { STATE_CODES, STOPPED_STATES } from "../../protocol/states.ts";
import { EXIT, STATUS_EXIT } from "../exit-status.ts";
import { availLine, detailLines, statusLines } from "../format.ts";
import { isUp, type Session } from "../session.ts";
import type { Action } from "./action.ts";
import { refuseUsage, takeSwitch } from "./usage.ts";

/** `status`. */
export const status: Action = {
  names: "process",
  help: [
    "status                       the state of every process",
    "status <name> [<name> ...]   the state of some processes",
    "status <group>:*             the state of every process of a group",
    "status -v ...                with times, exit status and log files",
    "status --json ...            as JSON",
  ],
  async run(session, argument) {
    if (!(await isUp(session))) {
      session.exitStatus = STATUS_EXIT.UNKNOWN;
      return undefined;
    }
    const json = takeSwitch(argument, "--json");
    const verbose = takeSwitch(json.names.join(" "), "-v");
    const { found, complaints } = select(await session.rpc.getAllProcessInfo(), verbose.names);
    for (const complaint of complaints) {
      // Nothing but JSON goes where a program reads JSON.
      if (json.given) process.stderr.write(`${complaint}\n`);
      else session.say(complaint);
      session.exitStatus = STATUS_EXIT.UNKNOWN;
    }
    if (json.given) session.say(JSON.stringify(found, null, 2));
    else showStatus(session, found, verbose.given);
    if (found.some(({ state }) => STOPPED_CODES.has(state))) session.exitStatus = STATUS_EXIT.NOT_RUNNING;
    return undefined;
  },
};

const STOPPED_CODES: ReadonlySet<number> = new Set([...STOPPED_STATES].map((name) => STATE_CODES[name]));

/** What each name stands for, in the order of the names: a process named twice is shown twice. */
function select(
  all: readonly ProcessInfo[],
  names: readonly string[],
): { found: readonly ProcessInfo[]; complaints: string[] } {
  if (names.length === 0 || names.includes("all")) return { found: all, complaints: [] };
  const complaints: string[] = [];
  const found = names.flatMap((name) => {
    const wanted = splitNamespec(name);
    const matching = all.filter(
      (info) => info.group === wanted.group && (wanted.process === null || info.name === wanted.process),
    );
    if (matching.length > 0) return matching;
    const missing =
      wanted.process === null ? `${wanted.group}: ERROR (no such group)` : `${name}: ERROR (no such process)`;
    complaints.push(missing);
    return [];
  });
  return { found, complaints };
}

function showStatus(session: Session, found: readonly ProcessInfo[], verbose: boolean): void {
  for (const [index, line] of statusLines(found).entries()) {
    session.say(line);
    const info = found[index];
    if (verbose && info !== undefined) for (const detail of detailLines(info)) session.say(detail);
  }
}

/** `pid`. */
export const pid: Action = {
  names: "process",
  help: [
    "pid                       the process id of the daemon",
    "pid <name> [<name> ...]   the process ids of some processes, one on each line",
    "pid all                   the process ids of all processes",
    "pid --json ...            as JSON, by name",
  ],
  async run(session, argument) {
    if (!(await isUp(session))) return undefined;
    const { given, names } = takeSwitch(argument, "--json");
    const pids = await pidsOf(session, names, given);
    if (given) session.say(JSON.stringify(Object.fromEntries(pids), null, 2));
    return undefined;
  },
};

async function pidsOf(
  session: Session,
  names: readonly string[],
  silent: boolean,
): Promise<[string, number][]> {
  const { rpc } = session;
  const pids: [string, number][] = [];
  function found(name: string, pid: number): void {
    pids.push([name, pid]);
    if (!silent) session.say(String(pid));
  }
  if (names.length === 0) found("supervisord", await rpc.getPID());
  else if (names.includes("all")) {
    for (const info of await rpc.getAllProcessInfo()) found(makeNamespec(info.group, info.name), info.pid);
  } else {
    for (const name of names) {
      const pid = await pidOf(session, name);
      if (pid !== null) found(name, pid);
      if (pid === 0) session.exitStatus = EXIT.NOT_RUNNING;
    }
  }
  return pids;
}

async function pidOf(session: Session, name: string): Promise<number | null> {
  try {
    return (await session.rpc.getProcessInfo(name)).pid;
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== FAULT_CODES.BAD_NAME) throw error;
    session.refuse(`No such process ${name}`);
    return null;
  }
}

/** `avail`. */
export const avail: Action = {
  help: [
    "avail          every process of the configuration, and whether it is in use",
    "avail --json   as JSON",
  ],
  async run(session, argument) {
    const { given, names } = takeSwitch(argument, "--json");
    if (names.length > 0) return refuseUsage(session, "Error: avail accepts no arguments", avail);
    try {
      const configs = await session.rpc.getAllConfigInfo();
      if (given) session.say(JSON.stringify(configs, null, 2));
      else for (const config of configs) session.say(availLine(config));
    } catch (error) {
      if (!(error instanceof Fault) || error.code !== FAULT_CODES.SHUTDOWN_STATE) throw error;
      session.refuse("ERROR: supervisor shutting down");
    }
    return undefined;
  },
};

/** `version`. */
export const version: Action = {
  help: ["version   the version of the supervisor"],
  async run(session, argument) {
    if (words(argument).length > 0)
      return refuseUsage(session, "Error: version accepts no arguments", version);
    if (await isUp(session)) session.say(await session.rpc.getSupervisorVersion());
    return undefined;
  },
};

/** `open`. */
export const open: Action = {
  help: ["open <url>   speak to another supervisor, at http://host:port or unix:///path/to/socket"],
  async run(session, argument) {
    if (!/^(unix|http):/i.test(argument)) {
      session.refuse("ERROR: url must be http:// or unix://");
      return undefined;
    }
    session.serverUrl = argument;
    const { exitStatus } = session;
    await status.run(session, "");
    session.exitStatus = exitStatus;
    return undefined;
  },
};
