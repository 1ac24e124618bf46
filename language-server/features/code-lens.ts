import type { CodeLens, Command } from "vscode-languageserver";
import type { Document } from "../../daemon/config/document.ts";
import { type Message, say } from "../../daemon/config/say.ts";
import type { Words } from "../l10n/words.ts";
import { LIVE_COMMANDS, type LiveAct, type LiveProcess } from "../requests.ts";
import type { LiveLookup } from "./live.ts";
import { rangeOf } from "./ranges.ts";

/** Over each program and group what its processes are doing, and what can be done to them. */
export function codeLensesOf(document: Document, live: LiveLookup, words: Words): CodeLens[] {
  return document.sections.flatMap((section) =>
    commandsFor(live(section), words).map((command) => ({
      range: rangeOf(document.lines, section.header?.range ?? section.range),
      command,
    })),
  );
}

/** A section that is written twice runs its processes once; all the same each of its headers shows them. */
function commandsFor(processes: readonly LiveProcess[], words: Words): Command[] {
  const [only, ...others] = processes;
  if (only === undefined) return [];
  const acts = ACTS.flatMap(([act, title]) => {
    const ids = processes.filter((process) => process.acts.includes(act)).map(({ id }) => id);
    return ids.length === 0 ? [] : [commandOf(words.say(title), LIVE_COMMANDS[act], ids)];
  });
  if (others.length > 0) {
    const log = commandOf(words.say(say`Log`), LIVE_COMMANDS.output, groupIds(processes));
    return [{ title: countOf(processes, words), command: "" }, ...acts, log];
  }
  const state = only.pid === null ? only.state : `${only.state} · pid ${only.pid}`;
  return [
    { title: state, command: "" },
    ...acts,
    commandOf(words.say(say`Log`), LIVE_COMMANDS.output, [only.id]),
  ];
}

/** What the client calls the groups of the processes, whose logs it shows together: `SERVER|GROUP:*`. */
function groupIds(processes: readonly LiveProcess[]): string[] {
  return [...new Set(processes.map(({ id, name }) => `${id.slice(0, id.length - name.length)}*`))];
}

function commandOf(title: string, command: string, ids: readonly string[]): Command {
  return { title, command, arguments: [ids] };
}

const ACTS: readonly (readonly [LiveAct, Message])[] = [
  ["start", say`Start`],
  ["stop", say`Stop`],
  ["restart", say`Restart`],
  ["forceStop", say`Force Stop`],
];

function countOf(processes: readonly LiveProcess[], words: Words): string {
  const running = processes.filter(({ state }) => state === "RUNNING").length;
  return words.say(say`${running} of ${processes.length} running`);
}
