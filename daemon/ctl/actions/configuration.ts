import type { ConfigChanges } from "../../client/shapes.ts";
import { words } from "../../config/python/text.ts";
import { FAULT_CODES, Fault } from "../../protocol/faults.ts";
import { changeLines } from "../format.ts";
import type { Session } from "../session.ts";
import type { Action } from "./action.ts";
import { refuseUsage, takeSwitch } from "./usage.ts";

/** `reread`. */
export const reread: Action = {
  help: [
    "reread          read the configuration again, and say what differs; nothing is changed",
    "reread --json   as JSON",
  ],
  async run(session, argument) {
    const { given, names } = takeSwitch(argument, "--json");
    if (names.length > 0) return refuseUsage(session, "Error: reread accepts no arguments", reread);
    try {
      const changes = await session.rpc.reloadConfig();
      if (given) session.say(JSON.stringify(changes, null, 2));
      else for (const line of changeLines(changes)) session.say(line);
    } catch (error) {
      refuseFault(session, error, (fault) => {
        if (fault.code === FAULT_CODES.SHUTDOWN_STATE) return "ERROR: supervisor shutting down";
        return fault.code === FAULT_CODES.CANT_REREAD ? `ERROR: ${fault.text}` : null;
      });
    }
    return undefined;
  },
};

/** `add`. A group that is active already is no failure. */
export const add: Action = {
  names: "group",
  help: ["add <group> [<group> ...]   make groups of the configuration active"],
  async run(session, argument) {
    for (const name of words(argument)) {
      try {
        await session.rpc.addProcessGroup(name);
        session.say(`${name}: added process group`);
      } catch (error) {
        if (error instanceof Fault && error.code === FAULT_CODES.ALREADY_ADDED) {
          session.say("ERROR: process group already active");
          continue;
        }
        refuseFault(session, error, (fault) => {
          if (fault.code === FAULT_CODES.SHUTDOWN_STATE) return "ERROR: shutting down";
          return fault.code === FAULT_CODES.BAD_NAME ? `ERROR: no such process/group: ${name}` : null;
        });
      }
    }
    return undefined;
  },
};

/** `remove`. */
export const remove: Action = {
  names: "group",
  help: ["remove <group> [<group> ...]   take stopped groups out of the active ones"],
  async run(session, argument) {
    for (const name of words(argument)) {
      try {
        await session.rpc.removeProcessGroup(name);
        session.say(`${name}: removed process group`);
      } catch (error) {
        refuseFault(session, error, (fault) => {
          if (fault.code === FAULT_CODES.STILL_RUNNING) return `ERROR: process/group still running: ${name}`;
          return fault.code === FAULT_CODES.BAD_NAME ? `ERROR: no such process/group: ${name}` : null;
        });
      }
    }
    return undefined;
  },
};

/** `update`. */
export const update: Action = {
  names: "group",
  help: [
    "update                         read the configuration again and bring everything in line with it",
    "update all                     the same",
    "update <group> [<group> ...]   only for some groups",
    "Programs that changed are restarted.",
  ],
  async run(session, argument) {
    const changes = await reload(session);
    if (changes === null) return undefined;
    const names = new Set(words(argument));
    if (names.has("all")) names.clear();
    await complainOfUnknown(session, names, changes);
    await apply(session, {
      added: chosen(changes.added, names),
      changed: chosen(changes.changed, names),
      removed: chosen(changes.removed, names),
    });
    return undefined;
  },
};

async function reload(session: Session): Promise<ConfigChanges | null> {
  try {
    return await session.rpc.reloadConfig();
  } catch (error) {
    refuseFault(session, error, ({ code }) =>
      code === FAULT_CODES.SHUTDOWN_STATE ? "ERROR: already shutting down" : null,
    );
    return null;
  }
}

function chosen(groups: readonly string[], names: ReadonlySet<string>): readonly string[] {
  return names.size === 0 ? groups : groups.filter((group) => names.has(group));
}

async function complainOfUnknown(
  session: Session,
  names: ReadonlySet<string>,
  { added }: ConfigChanges,
): Promise<void> {
  if (names.size === 0) return;
  const active = (await session.rpc.getAllProcessInfo()).map(({ group }) => group);
  const known = new Set([...active, ...added]);
  for (const name of names) if (!known.has(name)) session.refuse(`ERROR: no such group: ${name}`);
}

async function apply(session: Session, { added, changed, removed }: ConfigChanges): Promise<void> {
  const { rpc } = session;
  for (const group of removed) {
    const results = await rpc.stopProcessGroup(group);
    session.say(`${group}: stopped`);
    if (results.some(({ status }) => status === FAULT_CODES.FAILED)) {
      session.refuse(`${group}: has problems; not removing`);
      continue;
    }
    await rpc.removeProcessGroup(group);
    session.say(`${group}: removed process group`);
  }
  for (const group of changed) {
    await rpc.stopProcessGroup(group);
    session.say(`${group}: stopped`);
    await rpc.removeProcessGroup(group);
    await rpc.addProcessGroup(group);
    session.say(`${group}: updated process group`);
  }
  for (const group of added) {
    await rpc.addProcessGroup(group);
    session.say(`${group}: added process group`);
  }
}

/** Says a refusal in the words known for it; throws what has none. */
function refuseFault(session: Session, error: unknown, wordsFor: (fault: Fault) => string | null): void {
  const line = error instanceof Fault ? wordsFor(error) : null;
  if (line === null) throw error;
  session.refuse(line);
}
