import type { ProcessSnapshot } from "../../daemon/protocol/event-stream.ts";
import { makeNamespec } from "../../daemon/protocol/names.ts";
import type { Fate, Incident } from "./incidents.ts";
import { t } from "./l10n.ts";
import { endFacts } from "./process-row.ts";
import { visible } from "./visible.ts";

const NAMES_SHOWN = 5;

/** What one incident says, with the last line that the program wrote where there is one. */
export function incidentSentence({ process, fate }: Incident, lastWords: string | null): string {
  const sentence = sentenceOf(process, fate);
  return asPlainText(lastWords === null ? sentence : t("{0} It wrote: {1}", sentence, lastWords));
}

/** What many incidents at once say. */
export function incidentsSentence(incidents: readonly Incident[]): string {
  const names = incidents.slice(0, NAMES_SHOWN).map(({ process }) => nameOf(process));
  const more = incidents.length - names.length;
  const list = more > 0 ? t("{0} and {1} more", names.join(", "), more) : names.join(", ");
  return asPlainText(t("{0} programs ended unexpectedly or did not start: {1}.", incidents.length, list));
}

/** What a program that fails says beside the line of its command. */
export function problemSentence(process: ProcessSnapshot, lastWords: string | null): string {
  const fate = process.state === "BACKOFF" || process.retryAt !== null ? "trying" : "down";
  const sentence = sentenceOf(process, fate);
  return lastWords === null ? sentence : t("{0} It wrote: {1}", sentence, lastWords);
}

function sentenceOf(process: ProcessSnapshot, fate: Fate): string {
  const [name, end] = [nameOf(process), endOf(process)];
  if (fate === "restarted") return t("{0} ended unexpectedly ({1}) and was started again.", name, end);
  if (process.state === "EXITED") {
    return fate === "down"
      ? t("{0} ended unexpectedly: {1}.", name, end)
      : t("{0} ended unexpectedly ({1}) and is being started again.", name, end);
  }
  return fate === "down"
    ? t("{0} failed and is not tried again: {1}.", name, end)
    : t("{0} does not start ({1}) and is tried again.", name, end);
}

function endOf(process: ProcessSnapshot): string {
  const [end] = endFacts(process);
  return visible(end ?? t("nobody saw why")).replace(/\.$/, "");
}

function nameOf({ group, name }: ProcessSnapshot): string {
  return makeNamespec(group, name);
}

/** Sentences one after another: what a program wrote need not end as one. */
export function inARow(first: string, second: string): string {
  return `${first}${/[.!?…。！？]$/.test(first) ? "" : "."} ${second}`;
}

/** Messages of the editor take `[words](address)` for links; what a program writes must not make one. */
export function asPlainText(text: string): string {
  return text.replaceAll("](", "] (");
}
