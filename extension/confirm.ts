import * as vscode from "vscode";
import { t } from "./model/l10n.ts";
import { asksBeforeStoppingAll, stopAskingBeforeStoppingAll } from "./settings.ts";

/** Asks before something that ends all programs, unless the user no longer wants to be asked. */
export async function confirmEnd(question: string, detail: string, act: string): Promise<boolean> {
  if (!asksBeforeStoppingAll()) return true;
  const never = t("{0}, Don't Ask Again", act);
  const answer = await vscode.window.showWarningMessage(question, { modal: true, detail }, act, never);
  if (answer === never) await stopAskingBeforeStoppingAll();
  return answer !== undefined;
}
