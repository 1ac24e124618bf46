import { FAULT_CODES } from "../../daemon/protocol/faults.ts";
import type { Act } from "./acts.ts";

/** Why an act did not work, as a supervisor refuses it. */
export type Refusal = { readonly name: string; readonly code: number; readonly text: string };

/** The acts as verbs. */
const VERBS: Readonly<Record<Act, string>> = {
  start: "start",
  stop: "stop",
  restart: "restart",
  forceStop: "kill",
};

/** A sentence for a refused act, or null where what was asked for is so already. */
export function describeRefusal(act: Act, { name, code, text }: Refusal): string | null {
  switch (code) {
    case FAULT_CODES.SUCCESS:
      return null;
    case FAULT_CODES.ALREADY_STARTED:
      return null;
    case FAULT_CODES.NOT_RUNNING:
      return act === "start" ? `${name} is not running.` : null;
    case FAULT_CODES.NO_FILE:
      return `${name} cannot start: its command does not exist.`;
    case FAULT_CODES.NOT_EXECUTABLE:
      return `${name} cannot start: its command is not executable.`;
    case FAULT_CODES.SPAWN_ERROR:
      return `${name} did not start. Its output and its row in the view tell why.`;
    case FAULT_CODES.ABNORMAL_TERMINATION:
      return `${name} ended before it counted as started. Its output may tell why.`;
    case FAULT_CODES.SHUTDOWN_STATE:
      return `Cannot ${VERBS[act]} ${name}: supervisord is shutting down.`;
    case FAULT_CODES.BAD_NAME:
      return `Cannot ${VERBS[act]} ${name}: supervisord knows no such program. Reload the configuration if you added it.`;
    default:
      return `Cannot ${VERBS[act]} ${name}: supervisord answers ${text}.`;
  }
}

const SENTENCES_SHOWN = 3;

/** One message for what went wrong with a selection; null where nothing did. */
export function summariseFailures(sentences: readonly string[]): string | null {
  if (sentences.length === 0) return null;
  const more = sentences.length - SENTENCES_SHOWN;
  return [...sentences.slice(0, SENTENCES_SHOWN), ...(more > 0 ? [`${more} more failed.`] : [])].join(" ");
}
