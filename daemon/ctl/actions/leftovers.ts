import { words } from "../../config/python/text.ts";
import { FAULT_CODES, Fault } from "../../protocol/faults.ts";
import { EXIT } from "../exit-status.ts";
import { isUp, type Session } from "../session.ts";
import type { Action } from "./action.ts";
import { refuseUsage } from "./usage.ts";

/** `leftovers`, beyond Supervisor. */
export const leftovers: Action = {
  help: [
    "leftovers                          programs of an earlier daemon that this one could not take over",
    "leftovers stop <pid> [<pid> ...]   stop some of them",
    "leftovers stop all                 stop all of them",
  ],
  async run(session, argument) {
    const [act, ...pids] = words(argument);
    if (act !== undefined && (act !== "stop" || pids.length === 0))
      return refuseUsage(
        session,
        "Error: leftovers takes nothing, or stop and pids",
        leftovers,
        EXIT.INVALID_ARGS,
      );
    if (!(await isUp(session))) return undefined;
    const all = await leftoversOf(session);
    if (all === null) session.refuse("ERROR: this supervisor keeps no list of leftovers");
    else if (act === undefined) show(session, all);
    else await stopEach(session, pids.includes("all") ? all.map(({ pid }) => String(pid)) : pids);
    return undefined;
  },
};

type Leftovers = Awaited<ReturnType<Session["rpc"]["getLeftovers"]>>;

/** Null for a supervisor that is not of this package. */
async function leftoversOf(session: Session): Promise<Leftovers | null> {
  try {
    return await session.rpc.getLeftovers();
  } catch (error) {
    if (error instanceof Fault && error.code === FAULT_CODES.UNKNOWN_METHOD) return null;
    throw error;
  }
}

function show(session: Session, all: Leftovers): void {
  if (all.length === 0) session.say("No leftovers");
  for (const { pid, name, command, reason } of all)
    session.say(`${name.padEnd(32)} pid ${pid}, ${reason}: ${command}`);
}

async function stopEach(session: Session, pids: readonly string[]): Promise<void> {
  for (const pid of pids) {
    try {
      await session.rpc.stopLeftover(Number(pid));
      session.say(`${pid}: stopped`);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      const isUnknown = error.code === FAULT_CODES.BAD_NAME;
      session.refuse(`${pid}: ERROR (${isUnknown ? "no such leftover" : error.text})`);
    }
  }
}
