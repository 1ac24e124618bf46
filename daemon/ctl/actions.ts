import { words } from "../config/python/text.ts";
import type { Action } from "./actions/action.ts";
import { add, remove, reread, update } from "./actions/configuration.ts";
import { reload, shutdown } from "./actions/daemon.ts";
import { fg } from "./actions/foreground.ts";
import { leave } from "./actions/leave.ts";
import { leftovers } from "./actions/leftovers.ts";
import { clear, maintail, tail } from "./actions/logs.ts";
import { avail, open, pid, status, version } from "./actions/look.ts";
import { restart, signal, start, stop } from "./actions/run.ts";
import { columns } from "./columns.ts";
import type { Session } from "./session.ts";

/** Every action by its name. */
const ACTIONS: Readonly<Record<string, Action>> = {
  add,
  avail,
  clear,
  exit: leave,
  fg,
  maintail,
  open,
  pid,
  quit: leave,
  reload,
  remove,
  reread,
  restart,
  shutdown,
  signal,
  start,
  status,
  stop,
  tail,
  update,
  version,
};

/** Those beyond Supervisor: `help` lists what it lists there, `help <action>` explains these too. */
const OWN_ACTIONS: Readonly<Record<string, Action>> = { leftovers };

const help: Action = {
  names: "action",
  help: ["help            the list of actions", "help <action>   what an action does"],
  async run(session, argument) {
    if (argument === "") showTopics(session);
    else {
      const action = actionNamed(argument);
      for (const form of action?.help ?? [`*** No help on ${argument}`]) session.say(form);
    }
    return undefined;
  },
};

/** Names that complete and that `help` explains. */
export const ACTION_NAMES: readonly string[] = ["help", ...Object.keys(ACTIONS), ...Object.keys(OWN_ACTIONS)];

/** The action of that name; `EOF` is how the prompt spells the end of input. */
export function actionNamed(name: string): Action | undefined {
  if (name === "help") return help;
  if (name === "EOF") return leave;
  const table = Object.hasOwn(OWN_ACTIONS, name) ? OWN_ACTIONS : ACTIONS;
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

function showTopics(session: Session): void {
  const header = "default commands (type help <topic>):";
  const lines = ["", header, "=".repeat(header.length), ...columns(Object.keys(ACTIONS), 79), ""];
  for (const line of lines) session.say(line);
}

/** What the last word of a line may become. Names of processes are asked for only where one may stand. */
export async function complete(
  line: string,
  processes: () => Promise<readonly { readonly group: string; readonly name: string }[]>,
): Promise<string[]> {
  const [action, ...more] = words(line);
  const begun = /\s$/.test(line) ? "" : (more.at(-1) ?? action ?? "");
  const completing =
    action === undefined || (more.length === 0 && begun !== "") ? "action" : actionNamed(action)?.names;
  if (completing === undefined) return [];
  const candidates = completing === "action" ? ACTION_NAMES : namesOf(await processes(), completing, begun);
  return candidates.filter((name) => name.startsWith(begun)).map((name) => `${name} `);
}

function namesOf(
  processes: readonly { readonly group: string; readonly name: string }[],
  kind: "group" | "process",
  begun: string,
): string[] {
  if (kind === "group") return [...new Set(processes.map(({ group }) => group))];
  const names = processes.flatMap(({ group, name }) =>
    begun.includes(":") || name !== group ? [`${group}:${name}`, `${group}:*`] : [name],
  );
  return [...new Set(names)];
}
