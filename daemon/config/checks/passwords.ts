import type { Context } from "../context.ts";
import { report } from "../findings.ts";
import { valuePlace } from "../option-text.ts";
import { say } from "../say.ts";
import { kindOf } from "../schema.ts";
import type { StoredSection } from "../store.ts";

/** Taken from the environment, or put in by a tool that makes the file of a template. */
const FILLED_IN = /%\(|\{\{|\$\{/;

/** A password that everybody who has the sources can read. */
export function checkPassword(context: Context, section: StoredSection): void {
  const { look } = context.machine;
  const stored = section.options.get("password");
  if (look === undefined || stored === undefined || stored.value === "" || kindOf(section.name) === null)
    return;
  if (FILLED_IN.test(stored.value) || look(`versioned ${stored.file}`) !== true) return;
  report(context.findings, {
    code: "password.committed",
    severity: "warning",
    message: say`This password is under version control: take it from the environment with %(ENV_NAME)s.`,
    ...valuePlace(stored),
  });
}
