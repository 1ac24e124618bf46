import * as vscode from "vscode";
import type { Act } from "../model/acts.ts";
import { pickerItems } from "../model/picker.ts";
import type { Target } from "../model/target.ts";
import type { Servers } from "../servers/servers.ts";

const TITLES: Readonly<Record<Act | "output", string>> = {
  start: "Start Program",
  stop: "Stop Program",
  restart: "Restart Program",
  forceStop: "Force Program to Stop",
  output: "Show Output of Program",
};

/** Asks which program is meant; null where none was chosen, or none fits. */
export async function pickTarget(servers: Servers, purpose: Act | "output"): Promise<Target | null> {
  const act = purpose === "output" ? null : purpose;
  const items = pickerItems(servers.views, act, Date.now()).map((item) => ({
    ...item,
    label: `$(${item.icon.replace("~spin", "")}) ${item.label}`,
  }));
  if (items.length === 0) {
    await vscode.window.showInformationMessage(nothingFits(servers, act));
    return null;
  }
  const options = { title: TITLES[purpose], placeHolder: "Choose a program", matchOnDescription: true };
  return (await vscode.window.showQuickPick(items, options))?.target ?? null;
}

function nothingFits(servers: Servers, act: Act | null): string {
  if (!servers.views.some(({ state }) => state.kind === "connected")) {
    return "No supervisord is connected. Start it from the Supervisord view first.";
  }
  if (act === null) return "The configuration has no programs.";
  if (act === "forceStop") return "No program is being stopped: stop one first.";
  return act === "start" ? "Every program is up already." : "No program is up.";
}
