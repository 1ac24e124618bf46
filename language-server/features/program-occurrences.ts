import { type Entry, offsetOfValue, type Section } from "../../daemon/config/document.ts";
import { listedNames } from "../../daemon/config/listed.ts";
import type { TextRange } from "../../daemon/config/problem.ts";
import { kindOf, nameInHeader, optionOf, type SectionKind } from "../../daemon/config/schema.ts";
import { controlledNames, type NamedPart, watchedNames } from "./namespecs.ts";
import type { Found, Subject } from "./occurrences.ts";

/** The programs and groups that a section defines or names; `headers` are those of the whole configuration. */
export function programOccurrences(section: Section, headers: ReadonlySet<string>): Found[] {
  const kind = kindOf(section.name);
  if (kind === null) return [];
  return [
    ...definitionIn(section, kind),
    ...section.entries.flatMap((entry) => namesIn(kind, entry, headers)),
  ];
}

/** The kinds of sections that run processes of their own. */
const PROGRAM_KINDS: ReadonlySet<SectionKind> = new Set(["program", "fcgi-program", "eventlistener"]);

/** The name in a section's header, without white space around it, and where it stands; null where there is none. */
export function headerName(section: Section): { readonly name: string; readonly range: TextRange } | null {
  const written = nameInHeader(section.name);
  if (written === null || section.header === null) return null;
  const name = written.trim();
  const { end } = section.header.nameRange;
  const start = end - written.length + written.indexOf(name);
  return name === "" ? null : { name, range: { start, end: start + name.length } };
}

/** What the halves of a namespec mean in this configuration; null for what it does not define. */
export function subjectNamed(
  { half, name }: Pick<NamedPart, "half" | "name">,
  headers: ReadonlySet<string>,
): Subject | null {
  const isProgram = [...PROGRAM_KINDS].some((kind) => headers.has(`${kind}:${name}`));
  const isGroup = headers.has(`group:${name}`);
  if (isProgram && !(half === "group" && isGroup)) return { kind: "program", name };
  return isGroup && half !== "process" ? { kind: "group", name } : null;
}

function definitionIn(section: Section, kind: SectionKind): Found[] {
  const named = kind === "group" || PROGRAM_KINDS.has(kind) ? headerName(section) : null;
  if (named === null) return [];
  const subject: Subject = { kind: kind === "group" ? "group" : "program", name: named.name };
  return [{ subject, role: "definition", range: named.range }];
}

function namesIn(kind: SectionKind, entry: Entry, headers: ReadonlySet<string>): Found[] {
  const type = optionOf(kind, entry.key)?.type;
  if (type === "program-names") return membersIn(entry);
  if (type !== "command") return [];
  const parts = kind === "eventlistener" ? watchedNames(entry.value) : [];
  return [...controlledNames(entry.value), ...parts].flatMap((part) => {
    const subject = subjectNamed(part, headers);
    return subject === null ? [] : [{ subject, role: "use", range: rangeIn(entry, part) }];
  });
}

function membersIn(entry: Entry): Found[] {
  return listedNames(entry.value)
    .filter(({ name }) => name !== "")
    .map((member) => ({
      subject: { kind: "program", name: member.name },
      role: "use",
      range: rangeIn(entry, member),
    }));
}

function rangeIn(entry: Entry, { start, end }: TextRange): TextRange {
  return { start: offsetOfValue(entry, start), end: offsetOfValue(entry, end) };
}
