import type { Scope } from "./context.ts";
import { maybe, removeEntry, setOption, surely } from "./edits.ts";
import type { Fix } from "./problem.ts";
import { say } from "./say.ts";

/** A fix that gives a section an option that it lacks, with a value to begin with. */
export function addition(
  { context, section }: Pick<Scope, "context" | "section">,
  name: string,
  value: string,
): readonly Fix[] {
  const edits = setOption(context, section, name, value);
  return edits.length === 0 ? [] : maybe(say`Add ${name}=${value}`, ...edits);
}

/** A fix that takes an option without effect out of a section. */
export function removal(
  { context, section }: Pick<Scope, "context" | "section">,
  name: string,
): readonly Fix[] {
  const stored = section.options.get(name);
  return stored === undefined ? [] : surely(say`Remove ${name}`, removeEntry(context, stored));
}
