import type { Plan } from "../../daemon/protocol/plan.ts";
import { t } from "./l10n.ts";
import { problemWords } from "./problem-words.ts";
import type { TextPlace } from "./server.ts";

/** Why a supervisor does not start: a sentence, and the place in the configuration where that is known. */
export type StartFailure = { readonly reason: string; readonly place: TextPlace | null };

/** The failure that a plan foretells; null where it can be started. */
export function failureOfPlan(plan: Plan): StartFailure | null {
  if (plan.refusal === null) return null;
  const error = plan.problems.find(({ severity }) => severity === "error");
  if (error === undefined) return { reason: plan.refusal, place: null };
  const { code, file, line, column } = error;
  // A file that cannot be read cannot be opened at a line either.
  return { reason: problemWords(error), place: code.startsWith("file.") ? null : { file, line, column } };
}

/** What the daemon says after its reason, to who starts it by hand. */
const USAGE_HINT = "For help, use";

/** The failure that the standard error of a daemon tells, which may begin with `FILE:LINE:COLUMN:`. */
export function failureOfOutput(stderr: string): StartFailure {
  const lines = stderr
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith(USAGE_HINT));
  const placed = lines.map((line) => /^(\/[^:]+):(\d+)(?::(\d+))?:\s*(.+)$/.exec(line)).find(Boolean);
  const reason = (lines.at(-1) ?? t("supervisord did not start and gave no reason")).replace(/^Error: /, "");
  if (!placed) return { reason, place: null };
  const [, file = "", line = "1", column = "1", words = reason] = placed;
  return { reason: words, place: { file, line: Number(line), column: Number(column) } };
}
