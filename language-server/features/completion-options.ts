import type { CompletionItem } from "vscode-languageserver";
import type { Document, Section } from "../../daemon/config/document.ts";
import { say } from "../../daemon/config/say.ts";
import { type OptionSpec, optionsOf, type SectionKind } from "../../daemon/config/schema.ts";
import type { Surroundings } from "./completion-values.ts";
import { optionDetail } from "./option-text.ts";
import type { Place } from "./place.ts";
import { rangeOf } from "./ranges.ts";

/** The options that the section may have and does not have yet, needed ones first. */
export function optionItems(
  document: Document,
  place: Place,
  start: number,
  offset: number,
  surroundings: Surroundings,
): CompletionItem[] {
  const kind = place.sectionKind;
  if (kind === null) return [];
  const edited = place.kind === "key" ? place.entry : null;
  const present = presentKeys(place.section, edited?.keyRange.start);
  const end = edited === null ? offset : edited.keyRange.end;
  const range = rangeOf(document.lines, { start, end: Math.max(end, offset) });
  return optionsOf(kind)
    .filter((option) => !present.has(option.name))
    .map((option) => optionItem(kind, option, range, edited === null, surroundings));
}

const PROPERTY = 10;

function presentKeys(section: Section, exceptAt: number | undefined): ReadonlySet<string> {
  const others = section.entries.filter((entry) => entry.keyRange.start !== exceptAt);
  return new Set(others.map((entry) => entry.key));
}

/** Options of programs that most files have, the most usual first. */
const BY_USE: readonly string[] = [
  "command",
  "directory",
  "autostart",
  "autorestart",
  "stdout_logfile",
  "stderr_logfile",
  "user",
  "redirect_stderr",
  "environment",
  "stdout_logfile_maxbytes",
  "stderr_logfile_maxbytes",
  "process_name",
  "numprocs",
  "priority",
  "startsecs",
  "stopwaitsecs",
  "startretries",
  "stopasgroup",
  "killasgroup",
  "stopsignal",
];

/** What makes the section what it is stands in the table before what it inherits. */
function placeInTable(kind: SectionKind, option: OptionSpec): string {
  return String(optionsOf(kind).indexOf(option)).padStart(2, "0");
}

function placeInUse(name: string): string {
  const place = BY_USE.indexOf(name);
  return String(place === -1 ? BY_USE.length : place).padStart(2, "0");
}

function optionItem(
  kind: SectionKind,
  option: OptionSpec,
  range: ReturnType<typeof rangeOf>,
  withDelimiter: boolean,
  { words, again }: Surroundings,
): CompletionItem {
  const item: CompletionItem = {
    label: option.name,
    kind: PROPERTY,
    detail: optionDetail(option, words),
    sortText: option.required
      ? `0${placeInTable(kind, option)}`
      : `1${placeInUse(option.name)}${option.name}`,
    textEdit: { range, newText: withDelimiter ? `${option.name}=` : option.name },
    data: { kind, option: option.name },
  };
  if (option.since === null) item.labelDetails = { description: words.say(say`not in Supervisor`) };
  if (withDelimiter && again !== null) item.command = again;
  return item;
}
