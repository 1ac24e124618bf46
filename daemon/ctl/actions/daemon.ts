import { RequestFailure } from "../../client/failure.ts";
import { FAULT_CODES, Fault } from "../../protocol/faults.ts";
import type { Session } from "../session.ts";
import type { Action } from "./action.ts";
import { refuseUsage, takeSwitch } from "./usage.ts";

/** `shutdown`. */
export const shutdown: Action = {
  help: ["shutdown   stop every process and the daemon itself"],
  async run(session, argument) {
    if (argument !== "") return refuseUsage(session, "Error: shutdown accepts no arguments", shutdown);
    if (!(await isMeant(session, "Really shut the remote supervisord process down y/N? "))) return undefined;
    try {
      await session.rpc.shutdown();
      session.say("Shut down");
    } catch (error) {
      const absence = absenceOf(session, error);
      // Supervisor takes a shutdown that is under way for success.
      if (isShuttingDown(error)) session.say("ERROR: already shutting down");
      else if (absence !== null) session.refuse(absence);
      else throw error;
    }
    return undefined;
  },
};

/** `reload`. */
export const reload: Action = {
  help: [
    "reload          restart the daemon: every process stops, the configuration is read again",
    "reload --keep   the same, but processes run on",
  ],
  async run(session, argument) {
    const { given, names } = takeSwitch(argument, "--keep");
    if (names.length > 0) return refuseUsage(session, "Error: reload accepts no arguments", reload);
    if (!(await isMeant(session, "Really restart the remote supervisord process y/N? "))) return undefined;
    try {
      await (given ? session.rpc.reloadKeep() : session.rpc.restart());
      session.say("Restarted supervisord");
    } catch (error) {
      if (isShuttingDown(error)) session.refuse("ERROR: already shutting down");
      else if (given && isUnknown(error))
        session.refuse("ERROR: this supervisor cannot keep its processes; reload without --keep stops them");
      else throw error;
    }
    return undefined;
  },
};

async function isMeant(session: Session, question: string): Promise<boolean> {
  if (!session.interactive) return true;
  return /^y/i.test((await session.terminal.readLine(question)) ?? "");
}

function isUnknown(error: unknown): boolean {
  return error instanceof Fault && error.code === FAULT_CODES.UNKNOWN_METHOD;
}

function isShuttingDown(error: unknown): boolean {
  return error instanceof Fault && error.code === FAULT_CODES.SHUTDOWN_STATE;
}

function absenceOf({ serverUrl }: Session, error: unknown): string | null {
  if (!(error instanceof RequestFailure)) return null;
  if (error.code === "ECONNREFUSED") return `ERROR: ${serverUrl} refused connection (already shut down?)`;
  return error.code === "ENOENT" ? `ERROR: ${serverUrl} no such file (already shut down?)` : null;
}
