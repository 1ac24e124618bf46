import * as vscode from "vscode";
import type { ProcessSnapshot } from "../../daemon/protocol/event-stream.ts";
import { processesOf } from "../model/acts.ts";
import { type CommandArguments, idsOf } from "../model/command-arguments.ts";
import { t } from "../model/l10n.ts";
import { pickerItems } from "../model/picker.ts";
import { findTarget, type Target } from "../model/target.ts";
import type { Servers } from "../servers/servers.ts";

type ProcessTarget = Extract<Target, { readonly kind: "process" }>;

/** The one process that the arguments name, or that is picked of those that suit; null where none was. */
export async function chooseProcess(
  servers: Servers,
  args: CommandArguments,
  title: string,
  suits: (process: ProcessSnapshot) => boolean,
): Promise<ProcessTarget | null> {
  const [id] = idsOf(args);
  if (id !== undefined) {
    const target = findTarget(servers.views, id);
    if (target?.kind === "process") return target;
    throw new Error(t("There is no program {0} in this window.", id));
  }
  const items = pickerItems(servers.views, null, Date.now())
    .filter(({ target }) => processesOf(servers.views, target).some(suits))
    .map((item) => ({ ...item, label: `$(${item.icon.replace("~spin", "")}) ${item.label}` }));
  if (items.length === 0) {
    void vscode.window.showInformationMessage(t("No program suits: start one first."));
    return null;
  }
  const options = { title, placeHolder: t("Choose a program"), matchOnDescription: true };
  const target = (await vscode.window.showQuickPick(items, options))?.target;
  return target?.kind === "process" ? target : null;
}
