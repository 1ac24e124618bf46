import { headerPlace, type Scope } from "./context.ts";
import { meantPairs } from "./environment-pairs.ts";
import { expand } from "./expand.ts";
import { explainBadValue } from "./explain.ts";
import { explainExpansion } from "./explain-expansion.ts";
import { refuse, report } from "./findings.ts";
import { type OptionText, valuePlace } from "./option-text.ts";
import type { Problem } from "./problem.ts";
import { type FormatNames, layered } from "./python/format.ts";
import { kindOf, type OptionSpec, optionOf } from "./schema.ts";
import { type Place, type Stored, storedOption } from "./store.ts";
import type { Converted } from "./values.ts";

/** The text of an option as it stands, null where it is not given. */
export function rawText(scope: Scope, name: string): OptionText | null {
  const stored = storedOption(scope.context.store, scope.section, name);
  return stored === null ? null : { text: stored.value, stored };
}

/** The text of an option with its names filled in; null where it is not given or cannot be filled in. */
export function optionText(scope: Scope, name: string): OptionText | null {
  const stored = storedOption(scope.context.store, scope.section, name);
  return stored === null ? null : expandedText(scope, name, stored);
}

function expandedText(scope: Scope, name: string, stored: Stored): OptionText | null {
  const raw = { text: stored.value, stored };
  if (!raw.text.includes("%")) return raw;
  const names = layered(scope.context.environmentNames, scope.names);
  return expandOption(scope, raw, names, `${scope.section.name}.${name}`);
}

/** Fills in the names of a text; null, and a refusal, where that fails. `what` is the text's name in the message. */
export function expandOption(
  scope: Scope,
  option: OptionText,
  names: FormatNames,
  what: string,
): OptionText | null {
  if (!option.text.includes("%")) return option;
  const expanded = expand(option.text, names, what);
  if ("value" in expanded) return { text: expanded.value, stored: option.stored };
  refuseOption(scope, specOf(scope, option.stored.entry.key), {
    ...explainExpansion(expanded, option, names, ownVariables(scope)),
    severity: "error",
    file: option.stored.file,
    upstream: scope.wrap(expanded.error),
  });
  return null;
}

/** The variables that a section's own `environment` sets, with their values as written. */
function ownVariables(scope: Scope): ReadonlyMap<string, string> {
  const environment = storedOption(scope.context.store, scope.section, "environment");
  const pairs = environment === null ? [] : meantPairs(environment.value);
  return new Map(pairs.map(({ key, value }) => [key, value]));
}

/** An option's value; the fallback where it is not given, or (with a refusal) where it cannot be read. */
export function readOption<T>(
  scope: Scope,
  name: string,
  convert: (text: string) => Converted<T>,
  fallback: T,
): T {
  const stored = storedOption(scope.context.store, scope.section, name);
  if (stored === null) return fallback;
  const option = expandedText(scope, name, stored);
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
  const spec = specOf(scope, name);
  refuseOption(scope, spec, {
    ...explainBadValue({ type: spec?.type ?? "text", name, option, error: converted.error }),
    severity: "error",
    file: option.stored.file,
    upstream: scope.wrap(converted.error),
  });
  return null;
}

function specOf(scope: Scope, name: string): OptionSpec | null {
  const kind = kindOf(scope.section.name);
  return kind === null ? null : optionOf(kind, name);
}

/** Supervisor ignores the options of ours: what is wrong with one is told, but the file stays good. */
function refuseOption(
  scope: Scope,
  spec: OptionSpec | null,
  { upstream, ...problem }: Problem & { readonly upstream: string },
): void {
  if (spec?.since === null) report(scope.context.findings, problem);
  else refuse(scope.context.findings, { ...problem, upstream });
}

/** Where an option's value is written; the section's header where it is not given. */
export function placeOf(scope: Scope, name: string): Place {
  const stored = storedOption(scope.context.store, scope.section, name);
  return stored === null ? headerPlace(scope.context, scope.section) : valuePlace(stored);
}
