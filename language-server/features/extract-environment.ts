import type { Entry, Section } from "../../daemon/config/document.ts";
import { meantPairs } from "../../daemon/config/environment-pairs.ts";
import { directoryOf, joinPath } from "../../daemon/config/python/paths.ts";
import { say } from "../../daemon/config/say.ts";
import { headerName } from "./program-occurrences.ts";
import type { Refactoring, RefactorSource } from "./refactorings.ts";
import { entryOf, optionRemoved, optionSet } from "./section-edits.ts";
import { inShell } from "./shell-command.ts";

/** Moves a program's variables to a file of their own, which a shell reads before it becomes the program. */
export function extractEnvironment(source: RefactorSource, section: Section): Refactoring | null {
  const { site, document, exists } = source;
  const [environment, command] = [entryOf(section, "environment"), entryOf(section, "command")];
  const name = headerName(section)?.name ?? "";
  const path = joinPath(directoryOf(site.file), `${name}.env`);
  if (environment === undefined || command === undefined || !/^[\w.-]+$/.test(name) || exists(path))
    return null;
  const text = shellVariables(environment);
  if (text === null || isCut(command) || usesOwn(section, environment)) return null;
  const wrapped = inShell(command.value, `set -a; . '%(here)s/${name}.env'; `);
  if (wrapped === null) return null;
  const changes = [optionSet(document, section, "command", wrapped), optionRemoved(document, environment)];
  return {
    title: say`Move environment to ${name}.env, which a shell reads`,
    kind: "refactor.extract",
    changes: [{ file: site.file, changes: changes.toSorted((a, b) => a.start - b.start) }],
    creates: { path, text },
  };
}

/** The variables as a shell reads them; null where Supervisor would do more with them than take them as they are. */
function shellVariables(environment: Entry): string | null {
  const pairs = meantPairs(environment.value);
  const isPlain = pairs.every(
    ({ key, value }) => /^[A-Za-z_]\w*$/.test(key) && /^(?:"[^"%\\]*"|'[^'%\\]*'|[^\s"'%\\,]*)$/.test(value),
  );
  if (pairs.length === 0 || !isPlain || isCut(environment)) return null;
  return pairs
    .map(({ key, value }) => `${key}='${value.replace(/^["']|["']$/g, "").replaceAll("'", `'\\''`)}'\n`)
    .join("");
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
