import type { Problem } from "../../daemon/config/problem.ts";
import { say } from "../../daemon/config/say.ts";

/** Of each thing that this machine lacks as many are listed as somebody may want to mend here. */
const MOST_ALIKE = 100;

/** What a configuration for another machine has in every section. */
const LACKING_HERE: ReadonlySet<string> = new Set([
  "command.no-script",
  "command.not-found",
  "directory.missing",
  "envfile.missing",
  "logfile.directory",
]);

/** The problems, with one sentence in place of what this machine lacks again and again. */
export function withoutRepetition(problems: readonly Problem[]): readonly Problem[] {
  const counts = new Map<string, number>();
  const listed = problems.filter(({ code, severity }) => {
    if (severity === "error" || !LACKING_HERE.has(code)) return true;
    const count = (counts.get(code) ?? 0) + 1;
    counts.set(code, count);
    return count <= MOST_ALIKE;
  });
  if (listed.length === problems.length) return problems;
  return [...listed, ...[...counts].flatMap(([code, count]) => summary(problems, code, count - MOST_ALIKE))];
}

function summary(problems: readonly Problem[], code: string, unlisted: number): Problem[] {
  if (unlisted <= 0) return [];
  let before = 0;
  const first = problems.find((problem) => problem.code === code && before++ === MOST_ALIKE);
  if (first === undefined) return [];
  const message = say`${unlisted} more like this follow, listed once those above are mended.`;
  return [{ file: first.file, range: first.range, code, severity: "information", message }];
}
