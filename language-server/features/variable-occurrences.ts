import { commandWords, shellScript } from "../../daemon/config/command-line.ts";
import { type Document, type Entry, offsetOfValue, type Section } from "../../daemon/config/document.ts";
import { meantPairs } from "../../daemon/config/environment-pairs.ts";
import { ENVIRONMENT_PREFIX } from "./expansions.ts";
import type { Found } from "./occurrences.ts";

/** The variables that sections set, by the section's name. */
export type Setters = ReadonlyMap<string, ReadonlySet<string>>;

/** What the `environment` of each section sets. */
export function variableSetters(documents: Iterable<Document>): Setters {
  const setters = new Map<string, Set<string>>();
  for (const { sections } of documents) {
    for (const { name, entries } of sections) {
      for (const entry of entries) {
        if (entry.key !== "environment") continue;
        const known = setters.get(name) ?? new Set();
        for (const { key } of meantPairs(entry.value)) known.add(key);
        setters.set(name, known);
      }
    }
  }
  return setters;
}

/** The environment variables that a section sets, expands or hands to a shell. */
export function variableOccurrences(section: Section, setters: Setters): Found[] {
  return section.entries.flatMap((entry) => [
    ...definitionsIn(section, entry),
    ...expansionsIn(section, entry, setters),
    ...shellUsesIn(section, entry, setters),
  ]);
}

/** The section whose variables all programs get. */
export const DAEMON_SECTION = "supervisord";

const EXPANSION = /%%|%\(ENV_([^()\s]+)\)/g;
const SHELL_USE = /\$\{?([A-Za-z_]\w*)/g;

function definitionsIn(section: Section, entry: Entry): Found[] {
  if (entry.key !== "environment") return [];
  return meantPairs(entry.value).map(({ key, keyStart }) => ({
    subject: { kind: "variable", name: key, setBy: section.name },
    role: "definition",
    range: partOf(entry, keyStart, key.length),
  }));
}

function expansionsIn(section: Section, entry: Entry, setters: Setters): Found[] {
  if (!entry.value.includes(`(${ENVIRONMENT_PREFIX}`)) return [];
  return [...entry.value.matchAll(EXPANSION)].flatMap((match) => {
    const name = match[1];
    if (name === undefined) return [];
    const start = match.index + match[0].indexOf(ENVIRONMENT_PREFIX) + ENVIRONMENT_PREFIX.length;
    return [use(name, setterOf(section, entry, name, setters), partOf(entry, start, name.length))];
  });
}

/** A shell that a command starts has the variables too. */
function shellUsesIn(section: Section, entry: Entry, setters: Setters): Found[] {
  if (entry.key !== "command" || !entry.value.includes("$")) return [];
  const { tokens } = commandWords(entry.value);
  if (shellScript(tokens.map(({ text }) => text)) === null) return [];
  return [...entry.value.matchAll(SHELL_USE)].flatMap((match) => {
    const name = match[1] ?? "";
    const setBy = setterOf(section, entry, name, setters);
    const start = match.index + match[0].length - name.length;
    return setBy === null ? [] : [use(name, setBy, partOf(entry, start, name.length))];
  });
}

/** An `environment` is expanded before what it sets is known. */
function setterOf(section: Section, entry: Entry, name: string, setters: Setters): string | null {
  const sections = entry.key === "environment" ? [DAEMON_SECTION] : [section.name, DAEMON_SECTION];
  const inDaemon = section.name === DAEMON_SECTION;
  return sections.find((one) => !inDaemon && setters.get(one)?.has(name)) ?? null;
}

function use(name: string, setBy: string | null, range: Found["range"]): Found {
  return { subject: { kind: "variable", name, setBy }, role: "use", range };
}

function partOf(entry: Entry, index: number, length: number): Found["range"] {
  return { start: offsetOfValue(entry, index), end: offsetOfValue(entry, index + length) };
}
