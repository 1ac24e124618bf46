import { FAULT_CODES } from "../../daemon/protocol/faults.ts";
import type { Act } from "./acts.ts";
import { t } from "./l10n.ts";
import { supervisorWords } from "./supervisor-words.ts";

/** Why an act did not work, as a supervisor refuses it. */
export type Refusal = { readonly name: string; readonly code: number; readonly text: string };

/** A sentence for a refused act, or null where what was asked for is so already. */
export function describeRefusal(act: Act, { name, code, text }: Refusal): string | null {
  switch (code) {
    case FAULT_CODES.SUCCESS:
      return null;
    case FAULT_CODES.ALREADY_STARTED:
      return null;
    case FAULT_CODES.NOT_RUNNING:
      return act === "start" ? t("{0} is not running.", name) : null;
    case FAULT_CODES.NO_FILE:
      return t("{0} cannot start: its command does not exist.", name);
    case FAULT_CODES.NOT_EXECUTABLE:
      return t("{0} cannot start: its command is not executable.", name);
    case FAULT_CODES.SPAWN_ERROR:
      return t("{0} did not start. Its output and its row in the view tell why.", name);
    case FAULT_CODES.ABNORMAL_TERMINATION:
      return t("{0} ended before it counted as started. Its output may tell why.", name);
    case FAULT_CODES.SHUTDOWN_STATE:
      return `${cannot(act, name)} ${t("Supervisord is shutting down.")}`;
    case FAULT_CODES.BAD_NAME:
      return `${cannot(act, name)} ${t("Supervisord knows no such program: reload the configuration if you added it.")}`;
    default:
      return `${cannot(act, name)} ${t("Supervisord answers {0}.", supervisorWords(text))}`;
  }
}

const SENTENCES_SHOWN = 3;

/** One message for what went wrong with a selection; null where nothing did. */
export function summariseFailures(sentences: readonly string[]): string | null {
  if (sentences.length === 0) return null;
  const more = sentences.length - SENTENCES_SHOWN;
  return [...sentences.slice(0, SENTENCES_SHOWN), ...(more > 0 ? [t("{0} more failed.", more)] : [])].join(
    " ",
  );
}

function cannot(act: Act, name: string): string {
  switch (act) {
    case "start":
      return t("Cannot start {0}.", name);
    case "stop":
      return t("Cannot stop {0}.", name);
    case "restart":
      return t("Cannot restart {0}.", name);
    case "forceStop":
      return t("Cannot kill {0}.", name);
  }
}
