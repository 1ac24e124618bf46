import type { Document, Entry, Section } from "../../daemon/config/document.ts";
import { positionAt } from "../../daemon/config/lines.ts";
import { followedBy, type Message, say } from "../../daemon/config/say.ts";
import type { LiveProcess } from "../requests.ts";
import type { Effective } from "./effective.ts";
import { code } from "./markdown.ts";
import type { Site } from "./site.ts";

/** What an option's value comes to, and where it is written if elsewhere; nothing where the text says it all. */
export function effectiveMessages(
  site: Site,
  section: Section,
  entry: Entry,
  effective: Effective,
): Message[] {
  const value = effective.valueOf(entry.key);
  const count = effective.processes.length;
  const messages: Message[] = [];
  if (entry.key === "command" && effective.argv !== null) {
    messages.push(
      say`As the process gets it: ${code(JSON.stringify(effective.argv).replaceAll('","', '", "'))}`,
    );
  } else if (value !== null && value !== entry.value) {
    messages.push(
      count > 1 ? say`The first of ${count} processes has ${block(value)}` : say`In effect: ${block(value)}`,
    );
  }
  const source = sourceOf(site, section, entry);
  return source === null ? messages : [...messages, source];
}

/** Several lines as a block of code, one as code in the text. */
function block(value: string): string {
  return value.includes("\n") ? `\n\`\`\`\n${value}\n\`\`\`` : code(value);
}

/** Where the value in force is written, if that is another place: the last one of a key wins. */
function sourceOf(site: Site, section: Section, entry: Entry): Message | null {
  const places = [...site.documents].flatMap(([file, document]) =>
    document.sections
      .filter(({ name }) => name === section.name)
      .flatMap(({ entries }) => entries.filter(({ key }) => key === entry.key))
      .map((found) => ({ file, document, found })),
  );
  const last = places.at(-1);
  if (last === undefined || last.found === entry) return null;
  const line = lineOf(last.document, last.found);
  return last.file === site.file
    ? say`The value that counts is on line ${line}.`
    : say`The value that counts is on line ${line} of ${last.file}.`;
}

function lineOf(document: Document, entry: Entry): number {
  return positionAt(document.lines, entry.keyRange.start).line + 1;
}

/** How many processes a section runs, and what each does at the moment as far as the client has told. */
export function processMessages(effective: Effective | null, live: readonly LiveProcess[]): Message[] {
  const states = live.slice(0, MOST_SHOWN).map(liveMessage);
  const more = live.length > MOST_SHOWN ? [say`and ${live.length - MOST_SHOWN} more`] : [];
  if (effective === null || effective.processes.length < 2) return [...states, ...more];
  const names = effective.processes.slice(0, MOST_SHOWN).map(({ name }) => `\`${name}\``);
  const runs = say`It runs ${effective.processes.length} processes: ${names.join(", ")}`;
  // Written as an escape, as in hints: one sign beyond Latin-1 doubles the memory that the whole bundle takes.
  return [
    names.length < effective.processes.length ? followedBy(runs, say`\u2026`) : runs,
    ...states,
    ...more,
  ];
}

const MOST_SHOWN = 8;

function liveMessage({ name, state, pid }: LiveProcess): Message {
  return pid === null ? say`\`${name}\`: **${state}**` : say`\`${name}\`: **${state}**, pid ${pid}`;
}
