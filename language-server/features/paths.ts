import { commandWords } from "../../daemon/config/command-line.ts";
import { type Document, type Entry, offsetOfValue, type Section } from "../../daemon/config/document.ts";
import { EVENT_TYPES } from "../../daemon/config/event-types.ts";
import { listedNames } from "../../daemon/config/listed.ts";
import type { TextRange } from "../../daemon/config/problem.ts";
import { directoryOf, joinPath, normalPath } from "../../daemon/config/python/paths.ts";
import { kindOf, optionOf, type ValueType } from "../../daemon/config/schema.ts";
import { type PathMachine, type PathNames, pathReader } from "./path-names.ts";
import { mainFile, type Site } from "./site.ts";

/** A part of a value that leads to something outside the text. */
export type Lead = { readonly range: TextRange } & (
  | { readonly kind: "file"; readonly path: string }
  /** A shell pattern, absolute. */
  | { readonly kind: "pattern"; readonly pattern: string }
  | { readonly kind: "url"; readonly url: string }
  | ({ readonly kind: "account" } & Account)
);

/** A user or group of the machine, by name or number. */
export type Account = { readonly database: "passwd" | "group"; readonly name: string };

/** What the values of the asked file lead to, from top to bottom. */
export function leadsIn(site: Site, machine: PathMachine, document: Document): Lead[] {
  const read = pathReader(site, machine);
  return document.sections.flatMap((section) =>
    section.entries.some((entry) => leadTypeOf(section, entry) !== null)
      ? leadsAmong(site, read(site.file, section), section, section.entries)
      : [],
  );
}

/** What a value of a section of the asked file leads to. */
export function leadsOf(site: Site, machine: PathMachine, section: Section, entry: Entry): Lead[] {
  return leadsAmong(site, pathReader(site, machine)(site.file, section), section, [entry]);
}

function leadsAmong(site: Site, names: PathNames, section: Section, entries: readonly Entry[]): Lead[] {
  return entries.flatMap((entry) => {
    const type = leadTypeOf(section, entry);
    return type === null ? [] : (FINDERS[type]?.(entry, names, site) ?? []);
  });
}

type Finder = (entry: Entry, names: PathNames, site: Site) => Lead[];

const FINDERS: Readonly<Partial<Record<ValueType, Finder>>> = {
  logfile: (entry, names) => (LOG_WORD.test(entry.value) ? [] : wholePath(entry, names)),
  path: (entry, names) => wholePath(entry, names),
  command: (entry, names) => wordsWithPaths(entry, names),
  globs: (entry, names, site) => patternsIn(entry, names, site),
  port: (entry, names) => pageAt(entry, names),
  "server-url": (entry, names) => address(entry, names),
  "socket-url": (entry, names) => address(entry, names),
  "env-files": (entry, names, site) => envFilesIn(entry, names, site),
  events: (entry) => eventPages(entry),
  user: (entry) => accounts(entry, entry.value),
  chown: (entry) => accounts(entry, ...ownersIn(entry.value)),
};

const LOG_WORD = /^(?:auto|none|off|syslog|\/dev\/.*)?$/i;

function leadTypeOf(section: Section, entry: Entry): ValueType | null {
  const kind = kindOf(section.name);
  const type = (kind === null ? null : optionOf(kind, entry.key)?.type) ?? null;
  return type !== null && type in FINDERS ? type : null;
}

function wholePath(entry: Entry, names: PathNames): Lead[] {
  const path = names.path(entry.value);
  return path === null ? [] : [{ kind: "file", path, range: entry.valueRange }];
}

/** A word that looks like a file: with a slash, or with the ending of a script or a configuration. */
const FILE_WORD = /\/|\.(?:py|m?js|cjs|ts|sh|bash|rb|php|pl|lua|jar|go|conf|cfg|ini|ya?ml|json|toml|env)$/;
const FLAG_VALUE = /^--?[\w-]+=/;

function wordsWithPaths(entry: Entry, names: PathNames): Lead[] {
  const { tokens } = commandWords(entry.value);
  return tokens.flatMap(({ text, start, end }, index) => {
    const flag = FLAG_VALUE.exec(text)?.[0] ?? "";
    const word = text.slice(flag.length);
    if (!FILE_WORD.test(word) || /[\s*?:|&;<>$]/.test(word) || word.startsWith("-")) return [];
    // The program itself is looked for from where the supervisor runs, what it reads from where it runs.
    const path = index === 0 ? names.path(word) : names.path(word, names.directory);
    const from = offsetOfValue(entry, start + (end - start === text.length ? flag.length : 0));
    return path === null
      ? []
      : [{ kind: "file", path, range: { start: from, end: offsetOfValue(entry, end) } }];
  });
}

/** Patterns are seen from the folder of the main file, whichever file they stand in. */
function patternsIn(entry: Entry, names: PathNames, site: Site): Lead[] {
  return [...entry.value.matchAll(/\S+/g)].flatMap((match) => {
    const filled = names.fill(match[0]);
    if (filled === null) return [];
    const pattern = normalPath(joinPath(directoryOf(mainFile(site)), filled));
    const end = offsetOfValue(entry, match.index + match[0].length);
    return [{ kind: "pattern", pattern, range: { start: offsetOfValue(entry, match.index), end } }];
  });
}

/** They are seen from the file that they stand in. */
function envFilesIn(entry: Entry, names: PathNames, site: Site): Lead[] {
  return [...entry.value.matchAll(/\S+/g)].flatMap((match) => {
    const sign = match[0].startsWith("-") ? 1 : 0;
    const path = names.path(match[0].slice(sign), directoryOf(site.file));
    const start = offsetOfValue(entry, match.index + sign);
    const range = { start, end: offsetOfValue(entry, match.index + match[0].length) };
    return path === null ? [] : [{ kind: "file", path, range }];
  });
}

/** The web page that a supervisor shows at a port. */
function pageAt(entry: Entry, names: PathNames): Lead[] {
  const filled = names.fill(entry.value);
  const match = filled === null ? null : /^(?:(.*):)?(\d+)$/.exec(filled.trim());
  if (match === null) return [];
  const host = match[1] === undefined || /^(?:\*|0\.0\.0\.0)?$/.test(match[1]) ? "localhost" : match[1];
  return [{ kind: "url", url: `http://${host}:${match[2]}/`, range: entry.valueRange }];
}

/** Where Supervisor explains each type of event. */
function eventPages(entry: Entry): Lead[] {
  return listedNames(entry.value)
    .filter(({ name }) => EVENT_TYPES.includes(name))
    .map(({ name, start, end }) => {
      const anchor = `${name.toLowerCase().replaceAll("_", "-")}-event-type`;
      const range = { start: offsetOfValue(entry, start), end: offsetOfValue(entry, end) };
      return { kind: "url", url: `http://supervisord.org/events.html#${anchor}`, range };
    });
}

function ownersIn(value: string): readonly [string, string] {
  const [user = "", group = ""] = value.split(":");
  return [user, group];
}

function accounts(entry: Entry, user: string, group = ""): Lead[] {
  const start = offsetOfValue(entry, 0);
  const groupStart = start + user.length + 1;
  const leads: Lead[] = [
    { kind: "account", database: "passwd", name: user, range: { start, end: start + user.length } },
    {
      kind: "account",
      database: "group",
      name: group,
      range: { start: groupStart, end: groupStart + group.length },
    },
  ];
  return leads.filter(({ range }) => range.end > range.start);
}

function address(entry: Entry, names: PathNames): Lead[] {
  const filled = names.fill(entry.value)?.trim() ?? "";
  if (/^https?:\/\/[^\s/]/i.test(filled)) return [{ kind: "url", url: filled, range: entry.valueRange }];
  const path = /^unix:\/\/(\/.+)$/.exec(filled)?.[1];
  return path === undefined ? [] : [{ kind: "file", path: normalPath(path), range: entry.valueRange }];
}
