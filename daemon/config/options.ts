import { headerPlace, type Scope } from "./context.ts";
import { offsetOfValue } from "./document.ts";
import { expand } from "./expand.ts";
import { explainBadValue, explainExpansion } from "./explain.ts";
import { refuse } from "./findings.ts";
import type { TextRange } from "./problem.ts";
import type { FormatNames } from "./python/format.ts";
import { kindOf, optionOf } from "./schema.ts";
import { type Place, type Stored, storedOption } from "./store.ts";
import type { Converted } from "./values.ts";

/** An option's text in force; `stored` tells where it is written. */
export type OptionText = { readonly text: string; readonly stored: Stored };

/** The text of an option as it stands, null where it is not given. */
export function rawText(scope: Scope, name: string): OptionText | null {
  const stored = storedOption(scope.context.store, scope.section, name);
  return stored === null ? null : { text: stored.value, stored };
}

/** The text of an option with its names filled in; null where it is not given or cannot be filled in. */
export function optionText(scope: Scope, name: string): OptionText | null {
  const raw = rawText(scope, name);
  if (raw === null || !raw.text.includes("%")) return raw;
  const names = new Map([...scope.context.environmentNames, ...scope.names]);
  return expandOption(scope, raw, names, `${scope.section.name}.${name}`);
}

/** Fills in the names of a text; null, and a refusal, where that fails. `what` is the text's name in the message. */
export function expandOption(
  scope: Scope,
  option: OptionText,
  names: FormatNames,
  what: string,
): OptionText | null {
  const expanded = expand(option.text, names, what);
  if ("value" in expanded) return { text: expanded.value, stored: option.stored };
  refuse(scope.context.findings, {
    ...explainExpansion(expanded, option, names),
    severity: "error",
    file: option.stored.file,
    upstream: scope.wrap(expanded.error),
  });
  return null;
}

/** An option's value; the fallback where it is not given, or (with a refusal) where it cannot be read. */
export function readOption<T>(
  scope: Scope,
  name: string,
  convert: (text: string) => Converted<T>,
  fallback: T,
): T {
  const option = optionText(scope, name);
  if (option === null) return fallback;
  return convertOption(scope, name, option, convert) ?? fallback;
}

/** The value of an option's text; null, and a refusal, where it cannot be read. */
export function convertOption<T>(
  scope: Scope,
  name: string,
  option: OptionText,
  convert: (text: string) => Converted<T>,
): T | null {
  const converted = convert(option.text);
  if ("value" in converted) return converted.value;
  const kind = kindOf(scope.section.name);
  const type = (kind === null ? null : optionOf(kind, name)?.type) ?? "text";
  refuse(scope.context.findings, {
    ...explainBadValue({ type, name, option, error: converted.error, dialect: scope.context.dialect }),
    severity: "error",
    file: option.stored.file,
    upstream: scope.wrap(converted.error),
  });
  return null;
}

/** Where an option's value is written; the section's header where it is not given. */
export function placeOf(scope: Scope, name: string): Place {
  const stored = storedOption(scope.context.store, scope.section, name);
  return stored === null ? headerPlace(scope.context, scope.section) : valuePlace(stored);
}

/** Where a value is written; its key where it is empty. */
export function valuePlace(stored: Stored): Place {
  const { valueRange, keyRange } = stored.entry;
  const range = valueRange.end > valueRange.start ? valueRange : keyRange;
  return { file: stored.file, range };
}

/** The range of a part of a value as written; the whole value where it was changed by an expansion. */
export function partRange(option: OptionText, start: number, end: number): TextRange {
  const { entry } = option.stored;
  if (option.text !== entry.value) return valuePlace(option.stored).range;
  return { start: offsetOfValue(entry, start), end: offsetOfValue(entry, end) };
}
