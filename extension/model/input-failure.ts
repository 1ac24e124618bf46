import { FAULT_CODES, Fault } from "../../daemon/protocol/faults.ts";
import { t } from "./l10n.ts";
import { supervisorWords } from "./supervisor-words.ts";

/** Why what was typed did not reach a program. */
export function inputFailure(name: string, error: unknown): string {
  const code = error instanceof Fault ? error.code : null;
  if (code === FAULT_CODES.NOT_RUNNING) return t("{0} is not running: nobody reads what you type", name);
  if (code === FAULT_CODES.NO_FILE) return t("{0} has closed its stdin: nobody reads what you type", name);
  const reason = error instanceof Error ? error.message : String(error);
  return t("cannot write to its stdin: {0}", supervisorWords(reason));
}
