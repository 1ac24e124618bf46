import * as vscode from "vscode";
import type { Log } from "./log.ts";
import { t } from "./model/l10n.ts";
import { type RevivalMessage, revivalMessage } from "./model/revival.ts";
import { targetId } from "./model/target.ts";
import type { ServerRevival, Servers } from "./servers/servers.ts";

const SHOW = {
  information: vscode.window.showInformationMessage,
  warning: vscode.window.showWarningMessage,
  error: vscode.window.showErrorMessage,
} as const satisfies Record<RevivalMessage["severity"], unknown>;

/** Tells once of each daemon that had died. */
export function tellRevivals(servers: Servers, log: Log): vscode.Disposable {
  return servers.onDidRevive((death) => void tell(death, log));
}

async function tell({ server, revival }: ServerRevival, log: Log): Promise<void> {
  const { severity, text, buttons } = revivalMessage(server.key, revival);
  log.warn(`${server.configFile}: ${text}`);
  const items = buttons.map((button) => ({ button, title: titleOf(button) }));
  const choice = await SHOW[severity](text, ...items);
  if (choice?.button === "showLog") log.show(true);
  if (choice?.button !== "start") return;
  const id = targetId({ kind: "server", server: server.key });
  await vscode.commands.executeCommand("supervisord.startServer", id);
}

function titleOf(button: RevivalMessage["buttons"][number]): string {
  return button === "start" ? t("Start") : t("Show Log");
}
