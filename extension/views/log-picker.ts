import * as vscode from "vscode";
import { t } from "../model/l10n.ts";
import { logItems } from "../model/picker.ts";
import type { Target } from "../model/target.ts";
import type { Servers } from "../servers/servers.ts";

/** Asks whose log is meant, by a title; null where none was chosen, or there is none. */
export async function pickLog(
  servers: Servers,
  title: string,
  kinds: readonly Target["kind"][],
): Promise<Target | null> {
  const items = logItems(servers.views, Date.now())
    .filter(({ target }) => kinds.includes(target.kind))
    .map((item) => ({ ...item, label: `$(${item.icon.replace("~spin", "")}) ${item.label}` }));
  if (items.length === 0) {
    const isConnected = servers.views.some(({ state }) => state.kind === "connected");
    await vscode.window.showInformationMessage(
      isConnected
        ? t("The configuration has no programs.")
        : t("No supervisord is connected. Start it from the Supervisord view first."),
    );
    return null;
  }
  const options = { title, placeHolder: t("Choose a program"), matchOnDescription: true };
  return (await vscode.window.showQuickPick(items, options))?.target ?? null;
}
