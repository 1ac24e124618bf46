import type { Entry, Section } from "../../daemon/config/document.ts";
import { meantPairs } from "../../daemon/config/environment-pairs.ts";
import { directoryOf, joinPath } from "../../daemon/config/python/paths.ts";
import { say } from "../../daemon/config/say.ts";
import { headerName } from "./program-occurrences.ts";
import type { Refactoring, RefactorSource } from "./refactorings.ts";
import { entryOf, optionRemoved, optionSet } from "./section-edits.ts";
import { inShell } from "./shell-command.ts";

/** Moves a program's variables to a file of their own, which `env_files` names. */
export function extractEnvironment(source: RefactorSource, section: Section): Refactoring | null {
  const moved = movable(source, section);
  if (moved === null) return null;
  const { document, site } = source;
  const { name, path, environment, variables } = moved;
  const known = entryOf(section, "env_files");
  if (known !== undefined && isCut(known)) return null;
  const own = { start: environment.keyRange.start, end: environment.valueRange.end };
  const changes =
    known === undefined
      ? [{ ...own, newText: `env_files=${name}.env` }]
      : [
          optionSet(document, section, "env_files", `${known.value.replaceAll("\n", " ")} ${name}.env`),
          optionRemoved(document, environment),
        ];
  return {
    title: say`Move environment to ${name}.env, which env_files names for this daemon`,
    kind: "refactor.extract",
    changes: [{ file: site.file, changes: changes.toSorted((a, b) => a.start - b.start) }],
    creates: { path, text: variables.map(([key, value]) => `${key}=${quoted(value)}\n`).join("") },
  };
}

/** Moves a program's variables to a file of their own, which a shell reads before it becomes the program. */
export function extractForShell(source: RefactorSource, section: Section): Refactoring | null {
  const moved = movable(source, section);
  const command = entryOf(section, "command");
  if (moved === null || command === undefined || isCut(command)) return null;
  const { document, site } = source;
  const { name, path, environment, variables } = moved;
  const wrapped = inShell(command.value, `set -a; . '%(here)s/${name}.env'; `);
  if (wrapped === null) return null;
  const changes = [optionSet(document, section, "command", wrapped), optionRemoved(document, environment)];
  const text = variables.map(([key, value]) => `${key}='${value.replaceAll("'", `'\\''`)}'\n`).join("");
  return {
    title: say`Move environment to ${name}.env, which a shell reads`,
    kind: "refactor.extract",
    changes: [{ file: site.file, changes: changes.toSorted((a, b) => a.start - b.start) }],
    creates: { path, text },
  };
}

type Movable = {
  readonly name: string;
  readonly path: string;
  readonly environment: Entry;
  readonly variables: readonly (readonly [string, string])[];
};

/** What can be moved without a change of what the program gets; null where something would change. */
function movable({ site, exists }: RefactorSource, section: Section): Movable | null {
  const environment = entryOf(section, "environment");
  const name = headerName(section)?.name ?? "";
  const path = joinPath(directoryOf(site.file), `${name}.env`);
  const isTwice = section.entries.filter(({ key }) => key === "environment").length > 1;
  if (environment === undefined || isTwice || !/^[\w.-]+$/.test(name) || exists(path)) return null;
  const variables = plainVariables(environment);
  if (variables === null || usesOwn(section, environment)) return null;
  return { name, path, environment, variables };
}

/** The variables by name; null where Supervisor would do more with them than take them as they are. */
function plainVariables(environment: Entry): Movable["variables"] | null {
  const pairs = meantPairs(environment.value);
  const isPlain = pairs.every(
    ({ key, value }) => /^[A-Za-z_]\w*$/.test(key) && /^(?:"[^"%\\]*"|'[^'%\\]*'|[^\s"'%\\,]*)$/.test(value),
  );
  if (pairs.length === 0 || !isPlain || isCut(environment)) return null;
  return pairs.map(({ key, value }) => [key, value.replace(/^["']|["']$/g, "")]);
}

/** As files of variables have it; a value never has both kinds of quotes. */
function quoted(value: string): string {
  return value.includes("'") ? `"${value}"` : `'${value}'`;
}

/** What the configuration itself expands has to stay in it. */
function usesOwn({ entries }: Section, environment: Entry): boolean {
  return meantPairs(environment.value).some(({ key }) =>
    entries.some(({ value }) => value.includes(`%(ENV_${key})`)),
  );
}

function isCut({ pieces }: Entry): boolean {
  return pieces.some(({ comment }) => comment !== null);
}
