import type { Problem } from "../../daemon/config/problem.ts";
import { type Change, changed } from "./changes.ts";

/** Finds the problems of a text. */
type Judge = (text: string) => readonly Problem[];

/** Rounds after which a file is taken as it is: one fix may show the next problem. */
const MOST_ROUNDS = 20;

/** A file after all fixes that are right without a second look. What Supervisor accepts stays accepted. */
export function fixedText(file: string, text: string, judge: Judge): string {
  const fixed = afterRounds(text, (one) => allFixed(one, safeFixes(file, judge(one))));
  if (isRefused(judge(text)) || !isRefused(judge(fixed))) return fixed;
  // Right by itself, one of them is wrong here: only those are made that leave the file accepted.
  return afterRounds(text, (one) => {
    const single = safeFixes(file, judge(one)).map((fix) => allFixed(one, [fix]));
    return single.find((candidate) => !isRefused(judge(candidate))) ?? one;
  });
}

function afterRounds(text: string, fix: (text: string) => string): string {
  const seen = new Set<string>();
  let fixed = text;
  for (let round = 0; round < MOST_ROUNDS && !seen.has(fixed); round++) {
    seen.add(fixed);
    fixed = fix(fixed);
  }
  return fixed;
}

/** One change that makes a text another one, as short as equal ends allow; null where nothing differs. */
export function differenceOf(before: string, after: string): Change | null {
  if (before === after) return null;
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let tail = 0;
  while (tail < shorter - start && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  return { start, end: before.length - tail, newText: after.slice(start, after.length - tail) };
}

function isRefused(problems: readonly Problem[]): boolean {
  return problems.some(({ upstream }) => upstream !== undefined);
}

/** The first safe fix of each problem, without those that would meet the edits of one before. */
function safeFixes(file: string, problems: readonly Problem[]): Change[][] {
  const chosen: Change[][] = [];
  for (const problem of problems) {
    const fix = problem.file === file ? problem.fixes?.find(({ preferred }) => preferred) : undefined;
    if (fix === undefined || fix.edits.some((edit) => edit.file !== file)) continue;
    const changes = fix.edits.map(({ range: { start, end }, newText }) => ({ start, end, newText }));
    if (changes.some((change) => chosen.flat().some((other) => meets(change, other)))) continue;
    chosen.push(changes);
  }
  return chosen;
}

function allFixed(text: string, fixes: readonly Change[][]): string {
  return changed(
    text,
    fixes.flat().toSorted((a, b) => a.start - b.start || a.end - b.end),
  );
}

function meets(a: Change, b: Change): boolean {
  return a.start <= b.end && b.start <= a.end;
}
