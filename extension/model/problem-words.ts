import type { PlanProblem, PlanWords } from "../../daemon/protocol/plan.ts";
import { fillIn } from "./l10n.ts";

let translations: Readonly<Record<string, string>> = {};

/** What is wrong with a configuration, in the user's language; in English until its texts are known. */
export function problemWords({ message, words }: Pick<PlanProblem, "message" | "words">): string {
  return words === null ? message : fill(words);
}

/** Has problems told by these texts from here on, which stand under the English ones. */
export function tellProblemsWith(texts: Readonly<Record<string, string>>): void {
  translations = texts;
}

function fill({ template, args }: PlanWords): string {
  const values = args.map((arg) => (typeof arg === "object" ? fill(arg) : arg));
  return fillIn(translations[template] ?? template, ...values);
}
