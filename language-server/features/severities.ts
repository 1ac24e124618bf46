import type { Problem, Severity } from "../../daemon/config/problem.ts";
import { namesCode } from "./codes.ts";

/** How grave the user wants problems to be, by their codes or the beginnings of these. */
export type Severities = Readonly<Record<string, Severity | "off">>;

const WORDS: ReadonlySet<unknown> = new Set(["error", "warning", "information", "hint", "off"]);

/** The severities in a value of the settings; what is none is passed over. */
export function severitiesIn(value: unknown): Severities {
  if (typeof value !== "object" || value === null) return {};
  const known = Object.entries(value).filter(([, severity]) => WORDS.has(severity));
  return Object.fromEntries(known);
}

/** The problems as grave as the user wants them; the most exact of several settings counts. */
export function withSeverities(problems: readonly Problem[], severities: Severities): readonly Problem[] {
  const written = Object.keys(severities).sort((a, b) => b.length - a.length);
  if (written.length === 0) return problems;
  return problems.flatMap((problem) => {
    const setting = written.find((name) => namesCode(name, problem.code));
    const severity = setting === undefined ? problem.severity : severities[setting];
    if (severity === "off") return [];
    return [severity === undefined ? problem : { ...problem, severity }];
  });
}
