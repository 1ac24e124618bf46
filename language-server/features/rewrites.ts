import type { Section } from "../../daemon/config/document.ts";
import { say } from "../../daemon/config/say.ts";
import { kindOf } from "../../daemon/config/schema.ts";
import type { Refactoring, RefactorSource } from "./refactorings.ts";
import { entryOf, optionRemoved, optionSet } from "./section-edits.ts";
import { inShell } from "./shell-command.ts";
import { sortedOptions } from "./sort-options.ts";

/** Has a shell read the command, and give its place to the program. */
export function wrapInShell({ site, document }: RefactorSource, section: Section): Refactoring | null {
  const entry = entryOf(section, "command");
  if (entry === undefined || entry.pieces.some(({ comment }) => comment !== null)) return null;
  const wrapped = inShell(entry.value);
  if (wrapped === null) return null;
  const changes = [optionSet(document, section, "command", wrapped)];
  return { title: say`Run it in bash`, kind: REWRITE, changes: [{ file: site.file, changes }] };
}

/** Makes a program two processes with a name each. */
export function runSeveral({ site, document }: RefactorSource, section: Section): Refactoring | null {
  if (!runs(section) || (entryOf(section, "numprocs")?.value ?? "1") !== "1") return null;
  const name = entryOf(section, "process_name")?.value ?? "%(program_name)s";
  const named = name.includes("%(process_num)")
    ? []
    : [optionSet(document, section, "process_name", `${name}_%(process_num)02d`)];
  const changes = inOrder([optionSet(document, section, "numprocs", "2"), ...named]);
  return { title: say`Run two processes of it`, kind: REWRITE, changes: [{ file: site.file, changes }] };
}

/** Makes a program one process again. */
export function runOne({ site, document }: RefactorSource, section: Section): Refactoring | null {
  const count = entryOf(section, "numprocs");
  if (!runs(section) || count === undefined || count.value === "1") return null;
  const name = entryOf(section, "process_name");
  const bare = name?.value.replace(/[_.-]?%\(process_num\)\d*[ds]/g, "") ?? "";
  const named =
    name === undefined || bare === name.value
      ? []
      : [
          ["", "%(program_name)s"].includes(bare)
            ? optionRemoved(document, name)
            : optionSet(document, section, "process_name", bare),
        ];
  const changes = inOrder([optionRemoved(document, count), ...named]);
  return { title: say`Run one process of it`, kind: REWRITE, changes: [{ file: site.file, changes }] };
}

/** Brings the options of a section into the order of the documentation. */
export function sortSection({ site, document }: RefactorSource, section: Section): Refactoring | null {
  const changes = sortedOptions(document, [section]);
  if (changes.length === 0) return null;
  return {
    title: say`Sort the options of [${section.name}]`,
    kind: REWRITE,
    changes: [{ file: site.file, changes }],
  };
}

const REWRITE = "refactor.rewrite";

function runs(section: Section): boolean {
  return ["program", "fcgi-program", "eventlistener"].includes(kindOf(section.name) ?? "");
}

function inOrder<A extends { readonly start: number }>(changes: readonly A[]): A[] {
  return changes.toSorted((a, b) => a.start - b.start);
}
