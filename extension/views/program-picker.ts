import * as vscode from "vscode";
import type { Act } from "../model/acts.ts";
import { t } from "../model/l10n.ts";
import { pickerItems } from "../model/picker.ts";
import type { Target } from "../model/target.ts";
import type { Servers } from "../servers/servers.ts";

function titleFor(act: Act): string {
  switch (act) {
    case "start":
      return t("Start Program");
    case "stop":
      return t("Stop Program");
    case "restart":
      return t("Restart Program");
    case "forceStop":
      return t("Force Program to Stop");
  }
}

/** Asks which program is meant; null where none was chosen, or none fits. */
export async function pickTarget(servers: Servers, act: Act): Promise<Target | null> {
  const items = pickerItems(servers.views, act, Date.now()).map((item) => ({
    ...item,
    label: `$(${item.icon.replace("~spin", "")}) ${item.label}`,
  }));
  if (items.length === 0) {
    void vscode.window.showInformationMessage(nothingFits(servers, act));
    return null;
  }
  const options = { title: titleFor(act), placeHolder: t("Choose a program"), matchOnDescription: true };
  return (await vscode.window.showQuickPick(items, options))?.target ?? null;
}

function nothingFits(servers: Servers, act: Act): string {
  if (!servers.views.some(({ state }) => state.kind === "connected")) {
    return t("No supervisord is connected. Start it from the Supervisord view first.");
  }
  if (act === "forceStop") return t("No program is being stopped: stop one first.");
  return act === "start" ? t("Every program is up already.") : t("No program is up.");
}
