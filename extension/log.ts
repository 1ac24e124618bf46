import * as vscode from "vscode";
import { t } from "./model/l10n.ts";
import { supervisorWords } from "./model/supervisor-words.ts";

/** The window's own log, by which unexpected failures can be understood. */
export type Log = vscode.LogOutputChannel;

/** Opens the log channel. */
export function createLog(): Log {
  return vscode.window.createOutputChannel("Supervisord", { log: true });
}

/** Logs a failure and shows it as a sentence, with the log one click away. */
export async function showFailure(log: Log, failure: unknown): Promise<void> {
  const sentence = failure instanceof Error ? failure.message : String(failure);
  log.error(failure instanceof Error ? failure : sentence);
  const choice = await vscode.window.showErrorMessage(asSentence(sentence), t("Show Log"));
  if (choice !== undefined) log.show(true);
}

/** The words as a sentence of the interface, also those of a supervisor. */
export function asSentence(told: string): string {
  const words = supervisorWords(told);
  const ended = /[.!?。！？]$/.test(words) ? words : `${words}.`;
  return ended.charAt(0).toUpperCase() + ended.slice(1);
}
