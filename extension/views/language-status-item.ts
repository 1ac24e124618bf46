import * as vscode from "vscode";
import { t } from "../model/l10n.ts";
import { type LanguageStatus, languageStatus } from "../model/language-status.ts";
import { serverTarget, targetId } from "../model/target.ts";
import type { ConfiguredServer } from "../servers/configured-server.ts";
import { serverOfFile } from "../servers/server-of-file.ts";
import type { Servers } from "../servers/servers.ts";
import { dialect } from "../settings.ts";

const BURST_MS = 100;

/** Tells beside the language of an open configuration which supervisor it is for, and what is wrong with it as a whole. */
export function createLanguageStatusItem(servers: Servers): vscode.Disposable {
  const selector = { language: "supervisord-conf" };
  const item = vscode.languages.createLanguageStatusItem("supervisord.configuration", selector);
  item.name = "Supervisord";
  let timer: NodeJS.Timeout | undefined;
  const draw = () => {
    timer = undefined;
    const document = vscode.window.activeTextEditor?.document;
    if (document?.languageId !== selector.language) return;
    const server = serverOfFile(servers, document.uri.fsPath);
    show(item, languageStatus(server?.view ?? null, server?.lastPlan ?? null, dialect()), server);
  };
  const drawSoon = () => (timer ??= setTimeout(draw, BURST_MS));
  draw();
  return vscode.Disposable.from(
    item,
    servers.onDidChange(drawSoon),
    vscode.window.onDidChangeActiveTextEditor(drawSoon),
    { dispose: () => clearTimeout(timer) },
  );
}

function show(
  item: vscode.LanguageStatusItem,
  status: LanguageStatus,
  server: ConfiguredServer | null,
): void {
  const { Information: information, Warning: warning, Error: error } = vscode.LanguageStatusSeverity;
  item.text = status.text;
  item.detail = status.detail;
  item.severity = { information, warning, error }[status.severity];
  item.accessibilityInformation = { label: `Supervisord: ${status.text}, ${status.detail}` };
  item.command = status.act === null ? undefined : commandOf(status.act, server);
}

function commandOf(act: NonNullable<LanguageStatus["act"]>, server: ConfiguredServer | null): vscode.Command {
  const args = server === null ? [] : [targetId(serverTarget(server.view))];
  switch (act) {
    case "update":
      return { title: t("Update"), command: "supervisord.update", arguments: args };
    case "startServer":
      return { title: t("Start"), command: "supervisord.startServer", arguments: args };
    case "focus":
      return { title: t("Show Programs"), command: "supervisord.programs.focus" };
  }
}
