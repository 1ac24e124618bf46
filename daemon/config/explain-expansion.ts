import { insertIntoValue, replaceValue, surely } from "./edits.ts";
import type { Expanded } from "./expand.ts";
import type { Explanation } from "./explain.ts";
import { nearest } from "./nearest.ts";
import { type OptionText, partRange } from "./option-text.ts";
import type { FormatNames } from "./python/format.ts";
import { followedBy, say } from "./say.ts";

type Failure = Extract<Expanded, { error: string }>;

/** Says in plain words why the names of a value cannot be filled in. */
export function explainExpansion(
  failure: Failure,
  option: OptionText,
  names: FormatNames,
  ownVariables: ReadonlyMap<string, string>,
): Explanation {
  if (option.text !== option.stored.entry.value) return explainSecondRound(failure, option);
  if (failure.missing !== null)
    return explainMissing(failure.missing, failure.at, option, names, ownVariables);
  const name = /^%\(([^()]*)/.exec(option.text.slice(failure.at))?.[1];
  return name === undefined ? explainPercent(failure, option) : explainConversion(failure, option, name);
}

/** The value was filled in once already, so the place of the mistake in the written text is not known. */
function explainSecondRound(failure: Failure, option: OptionText): Explanation {
  const range = partRange(option, 0, option.text.length);
  const written = option.stored.entry.value;
  if (!/%%/.test(written)) {
    const reason = failure.missing === null ? failure.detail : say`%(${failure.missing})s is not known here`;
    return {
      code: "expansion.twice",
      message: say`This value is expanded twice, and the second time fails: ${reason}.`,
      range,
    };
  }
  const doubled = written.replaceAll("%%", "%%%%");
  const message = say`Supervisor before 4.4 expands this value twice: write %%%% for a plain percent sign.`;
  return {
    code: "expansion.twice",
    message,
    range,
    fixes: surely(say`Write %%%%`, replaceValue(option.stored, doubled)),
  };
}

function explainMissing(
  missing: string,
  at: number,
  option: OptionText,
  names: FormatNames,
  ownVariables: ReadonlyMap<string, string>,
): Explanation {
  const range = partRange(option, at, at + missing.length + 3);
  const variable = missing.startsWith("ENV_") ? missing.slice(4) : null;
  if (variable !== null && ownVariables.has(variable) && option.stored.entry.key !== "environment") {
    const message = say`${variable} is set by this program's own environment, which is not known yet here: set it in [supervisord] or write its value.`;
    const value = plainWord(ownVariables.get(variable) ?? "");
    const fixes =
      value === null || range.end - range.start !== missing.length + 3
        ? []
        : surely(say`Write ${value}`, {
            file: option.stored.file,
            range: { start: range.start, end: range.end + 1 },
            newText: value,
          });
    return { code: "expansion.too-early", message, range, fixes };
  }
  const near = nearest(
    missing,
    Array.from(names.entries(), ([name]) => name),
  );
  const hint = near === null ? null : say`Did you mean %(${near})s?`;
  const what =
    variable === null
      ? say`There is no name ${missing} here.`
      : say`The environment has no variable ${variable}.`;
  const start = range.start + 2;
  const edit = {
    file: option.stored.file,
    range: { start, end: start + missing.length },
    newText: near ?? "",
  };
  const fixes = near === null ? [] : surely(say`Change to ${near}`, edit);
  return { code: "expansion.unknown", message: followedBy(what, hint), range, fixes };
}

/** The text of a value that needs no quotes, as it would stand elsewhere; null for any other. */
function plainWord(value: string): string | null {
  const bare = /^(["'])(.*)\1$/.exec(value)?.[2] ?? value;
  return /^[\w./:+-]+$/.test(bare) ? bare : null;
}

/** `%(name)` needs a letter that says how to print it. */
function explainConversion(failure: Failure, option: OptionText, name: string): Explanation {
  const end = failure.at + 2 + name.length;
  const closed = option.text[end] === ")";
  const letter = name === "process_num" || name === "numprocs" ? "d" : "s";
  const range = partRange(option, failure.at, end + (closed ? 1 : 0));
  const message = say`After %(${name}) a letter must say how it is printed: write %(${name})${letter}.`;
  const known = /^\w+/.exec(name)?.[0] ?? name;
  const edit = closed
    ? insertIntoValue(option.stored, end + 1, letter)
    : insertIntoValue(option.stored, failure.at + 2 + known.length, `)${letter}`);
  return { code: "expansion.format", message, range, fixes: surely(say`Write %(${known})${letter}`, edit) };
}

function explainPercent(failure: Failure, option: OptionText): Explanation {
  const range = partRange(option, failure.at, failure.at + 1);
  const message = say`A plain percent sign is written %%: alone, % starts an expansion, and the whole file is refused.`;
  const edits = [...option.text.matchAll(/%%|%\(|%/g)]
    .filter(([sign]) => sign === "%")
    .map(({ index }) => insertIntoValue(option.stored, index, "%"));
  return { code: "expansion.percent", message, range, fixes: surely(say`Double the percent sign`, ...edits) };
}
