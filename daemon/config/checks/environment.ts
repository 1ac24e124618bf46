import type { Context } from "../context.ts";
import { maybe, replace, surely } from "../edits.ts";
import { environmentTokens, toEnvironment } from "../environment.ts";
import { type MeantPair, meantPairs } from "../environment-pairs.ts";
import { report } from "../findings.ts";
import { type OptionText, partRange, valuePlace } from "../option-text.ts";
import type { Fix, TextRange } from "../problem.ts";
import { type Message, say } from "../say.ts";
import { shellVariables, withExpansions } from "../shell-variables.ts";
import { type Stored, type StoredSection, storedOption } from "../store.ts";

/** Variables that Supervisor would cut, drop or refuse because of how `environment` is written. */
export function checkEnvironment(context: Context, section: StoredSection): void {
  const stored = storedOption(context.store, section, "environment");
  if (stored === null || isPlain(stored.value)) return;
  const looked = { context, stored, option: { text: stored.value, stored } };
  const pairs = meantPairs(stored.value);
  const seen = new Map<string, MeantPair>();
  for (const pair of pairs) {
    checkExport(looked, pair);
    checkValue(looked, pair);
    checkVariables(looked, pair);
    checkSeparator(looked, pair, pairs);
    const earlier = seen.get(pair.key);
    if (earlier !== undefined) tellDuplicate(looked, earlier, pair);
    seen.set(pair.key, pair);
  }
  checkOpenQuote(looked, pairs);
}

type Looked = { readonly context: Context; readonly stored: Stored; readonly option: OptionText };

const PAIR = String.raw`[A-Za-z_]\w*=(?:"[^"$]*"|'[^'$]*'|(?:[\w/.+():-]|%\([^()]*\)[sd])+)`;
const PLAIN = new RegExp(`^${PAIR}(?:,\\s*${PAIR})*$`);

/** Most environments are beyond doubt at a glance; what is long or gives a key twice is looked at closely. */
function isPlain(text: string): boolean {
  if (text.length > 1000 || !PLAIN.test(text)) return false;
  const keys = meantKeys(text);
  return new Set(keys).size === keys.length;
}

/** The keys of a plain environment, and whatever in its quotes looks like one. */
function meantKeys(text: string): string[] {
  return Array.from(text.matchAll(/([A-Za-z_]\w*)=/g), ([, key = ""]) => key);
}

function tell(
  { context, stored }: Looked,
  range: TextRange,
  code: string,
  severity: "error" | "warning",
  message: Message,
  fixes: readonly Fix[],
): void {
  report(context.findings, { code, severity, message, file: stored.file, range, fixes });
}

function rangeOf(looked: Looked, start: number, end: number): TextRange {
  return partRange(looked.option, start, end);
}

function isVerbatim({ stored }: Looked): boolean {
  return stored.value === stored.entry.value;
}

function checkExport(looked: Looked, pair: MeantPair): void {
  if (pair.exportStart === null || !isVerbatim(looked)) return;
  const range = rangeOf(looked, pair.exportStart, pair.keyStart);
  const fixes = surely(say`Remove export`, replace(looked.stored.file, range, ""));
  tell(looked, range, "environment.export", "error", say`environment takes KEY=value without export.`, fixes);
}

/** A value is safe where Supervisor's lexer takes it whole: in quotes, or of characters that make words. */
function checkValue(looked: Looked, pair: MeantPair): void {
  const { tokens, error } = environmentTokens(pair.masked, looked.context.dialect);
  const whole = error === null && tokens.length === 1 && tokens[0]?.end === pair.value.length;
  if (whole && !hasComment(looked, pair, tokens[0]?.text ?? "") && !isPunctuation(tokens[0]?.text ?? ""))
    return;
  if (error !== null && pair.end === looked.stored.value.trimEnd().length) return;
  const range =
    pair.value === "" ? rangeOf(looked, pair.keyStart, pair.end) : rangeOf(looked, pair.start, pair.end);
  const quoted = quote(pair.value);
  const fixes =
    quoted === null || quoted.includes("\n") || !isVerbatim(looked)
      ? []
      : surely(say`Write ${quoted}`, quoteEdit(looked, pair, quoted));
  if (pair.value === "") {
    const message = say`${pair.key} needs a value: write ${pair.key}="".`;
    tell(looked, range, "environment.empty", "error", message, fixes);
    return;
  }
  const kept = tokens[0]?.text ?? "";
  const message = say`${pair.key} would be cut to ${JSON.stringify(kept)}: quote a value that has more than letters, digits and _/.+-():.`;
  tell(looked, range, "environment.unquoted", "error", message, fixes);
}

/** No shell reads the values: `$NAME` stays as it is. */
function checkVariables(looked: Looked, pair: MeantPair): void {
  const [first] = shellVariables(pair.value);
  if (first === undefined || !/^["']/.test(pair.value)) return;
  const { context, stored } = looked;
  const range = rangeOf(looked, pair.start, pair.end);
  const known = shellVariables(pair.value).every((name) => context.environmentNames.has(`ENV_${name}`));
  const edit = replace(stored.file, range, withExpansions(pair.value));
  const message = say`No shell reads this value, so ${`$${first}`} stays as it is: write %(ENV_${first})s.`;
  const fixes = known && isVerbatim(looked) ? surely(say`Write %(ENV_${first})s`, edit) : [];
  tell(looked, range, "environment.variable", "warning", message, fixes);
}

/** Outside quotes `#` cuts a value even without white space before it. */
function hasComment({ context }: Looked, pair: MeantPair, token: string): boolean {
  return context.dialect === "4.3" && token !== pair.masked;
}

function quoteEdit(looked: Looked, pair: MeantPair, quoted: string) {
  return replace(looked.stored.file, rangeOf(looked, pair.start, pair.end), quoted);
}

function isPunctuation(text: string): boolean {
  return /^[^\w/.+\-():'"]$/.test(text);
}

/** The value in quotes; null where it has both kinds, which no quoting of Supervisor's keeps. */
function quote(value: string): string | null {
  const bare = /^(["'])(.*)\1$/s.exec(value)?.[2] ?? value;
  if (/["']$|^["']/.test(bare)) return null;
  if (!bare.includes('"')) return `"${bare}"`;
  return bare.includes("'") ? null : `'${bare}'`;
}

function checkSeparator(looked: Looked, pair: MeantPair, pairs: readonly MeantPair[]): void {
  const isLast = pair === pairs.at(-1);
  const separator = pair.separator.trim();
  if (separator === "," || isLast) return;
  const range = rangeOf(looked, pair.end, pair.end + Math.max(1, pair.separator.length));
  const fixes = isVerbatim(looked) ? surely(say`Insert a comma`, commaEdit(looked, pair)) : [];
  if (separator === "") {
    const read = toEnvironment(looked.stored.value, looked.context.dialect);
    const isWhole = "value" in read && pairs.every(({ key }) => read.value.has(key));
    const severity = isWhole ? "warning" : "error";
    tell(looked, range, "environment.comma", severity, say`A comma is missing after ${pair.key}.`, fixes);
  } else {
    const message = say`Variables are separated by a comma, not by ${JSON.stringify(separator)}.`;
    tell(looked, range, "environment.separator", "warning", message, fixes);
  }
}

function commaEdit(looked: Looked, pair: MeantPair) {
  const signs = /^[,;]*/.exec(pair.separator.trimStart())?.[0].length ?? 0;
  const start = pair.end + (signs === 0 ? 0 : pair.separator.length - pair.separator.trimStart().length);
  return replace(looked.stored.file, rangeOf(looked, start, start + signs), ",");
}

function tellDuplicate(looked: Looked, earlier: MeantPair, pair: MeantPair): void {
  const { context, stored } = looked;
  const range = rangeOf(looked, earlier.keyStart, earlier.end);
  const fixes = maybe(
    say`Remove the first ${pair.key}`,
    replace(stored.file, rangeOf(looked, earlier.keyStart, earlier.end + earlier.separator.length), ""),
  );
  report(context.findings, {
    code: "environment.duplicate",
    severity: "warning",
    message: say`${pair.key} is set again later in this environment, so this value has no effect.`,
    file: stored.file,
    range,
    tags: ["unnecessary"],
    related: [
      {
        file: stored.file,
        range: rangeOf(looked, pair.keyStart, pair.end),
        message: say`The value that counts`,
      },
    ],
    ...(isVerbatim(looked) ? { fixes } : {}),
  });
}

/** A quote that is never closed takes the rest of the value with it, and the configuration is refused. */
function checkOpenQuote(looked: Looked, pairs: readonly MeantPair[]): void {
  const { error } = environmentTokens(looked.stored.value, looked.context.dialect);
  if (error === null) return;
  const last = pairs.at(-1);
  const { range } = valuePlace(looked.stored);
  const where = last === undefined ? range : rangeOf(looked, last.start, last.end);
  tell(looked, where, "environment.quote", "error", say`A quote is opened here and not closed.`, []);
}
