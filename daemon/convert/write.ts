import { parseDocument } from "../config/document.ts";
import { commandText, startsOthers } from "./command.ts";
import type { Draft, Drafts, Run, Skipped } from "./draft.ts";
import { environmentText } from "./environment.ts";

/** The text of new sections, and what could not be written down. */
export type Written = { readonly text: string; readonly skipped: readonly Skipped[] };

/** A whole configuration for a project's folder, under a line that says what it is. */
export function writeConfiguration(drafts: readonly Draft[], heading: string): Written {
  const { text, skipped } = writePrograms(drafts, []);
  return { text: [`; ${heading}\n\n[supervisord]\n`, text].filter(Boolean).join("\n"), skipped };
}

/** Sections for programs, to stand in a configuration that has sections of the names in `taken` already. */
export function writePrograms(drafts: readonly Draft[], taken: readonly string[]): Written {
  const names = new Set(taken);
  const sections: string[] = [];
  const skipped: Skipped[] = [];
  for (const draft of drafts) {
    const command = commandText(withEnvironment(draft));
    if (command === null) {
      skipped.push({ source: draft.source });
      continue;
    }
    const name = unusedName(processName(draft.name), names);
    names.add(name);
    sections.push(sectionOf(draft, name, command));
  }
  return { text: sections.join("\n"), skipped };
}

/** The names of the programs that a configuration has already. */
export function programNames(text: string): string[] {
  return parseDocument(text).sections.flatMap(({ name }) => /^program:(.*)$/s.exec(name)?.[1] ?? []);
}

/** Drafts of several files as one list; of the same command in the same folder the first one is kept. */
export function together(parts: readonly Drafts[]): Drafts {
  const seen = new Set<string>();
  const drafts = parts
    .flatMap((part) => part.drafts)
    .filter(({ run, directory }) => {
      const key = JSON.stringify([run, directory]);
      const isNew = !seen.has(key);
      seen.add(key);
      return isNew;
    });
  return { drafts, skipped: parts.flatMap((part) => part.skipped) };
}

function sectionOf(draft: Draft, name: string, command: string): string {
  const { text } = environmentText(draft.environment);
  const options = [
    ["command", command],
    ["directory", draft.directory === null ? "%(here)s" : `%(here)s/${safePath(draft.directory)}`],
    ...(text === null ? [] : [["environment", text]]),
    ...(startsOthers(draft.run) ? [["stopasgroup", "true"]] : []),
    ...Object.entries(draft.options),
  ];
  const lines = options.map(([option, value]) => `${option}=${value}`);
  return [`; ${draft.source.replace(/\s+/g, " ")}`, `[program:${name}]`, ...lines, ""].join("\n");
}

/** Variables that the configuration cannot hold are set by the command itself. */
function withEnvironment({ run, environment }: Draft): Run {
  const { others } = environmentText(environment);
  if (others.length === 0) return run;
  const assignments = others.map(([name, value]) => `${name}=${value}`);
  const argv = run.kind === "argv" ? run.argv : ["sh", "-c", run.line];
  return { kind: "argv", argv: ["env", ...assignments, ...argv] };
}

function safePath(path: string): string {
  return path.replaceAll("%", "%%");
}

/** A header's name may hold no white space, colon, slash or bracket. */
function processName(name: string): string {
  return name.replace(/[\s:/[\];#%,]+/g, "-").replace(/^-+|-+$/g, "") || "program";
}

function unusedName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  for (let number = 2; ; number++) if (!taken.has(`${name}-${number}`)) return `${name}-${number}`;
}
