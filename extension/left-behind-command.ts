import * as vscode from "vscode";
import { maskSecrets } from "../daemon/protocol/secrets.ts";
import { type CommandArguments, idsOf } from "./model/command-arguments.ts";
import { t } from "./model/l10n.ts";
import { allLeftBehind, type FoundLeftBehind, findLeftBehind } from "./model/left-behind.ts";
import type { Servers } from "./servers/servers.ts";

/** Ends programs that an earlier daemon left running, after asking. */
export async function stopLeftBehind(servers: Servers, args: CommandArguments): Promise<void> {
  const ids = idsOf(args);
  const named = ids.flatMap((id) => findLeftBehind(servers.views, id) ?? []);
  const found = ids.length > 0 ? named : await pickLeftBehind(servers);
  if (found === null) return;
  const [only] = found;
  if (only === undefined) throw new Error(t("There is no such program any more."));
  const question =
    found.length === 1
      ? t("Stop {0}?", only.program.name)
      : t("Stop {0} programs that were left running?", found.length);
  const detail = found
    .map(({ program }) => t("pid {0}: {1}", program.pid, maskSecrets(program.command)))
    .join("\n");
  const stop = t("Stop");
  const answer = await vscode.window.showWarningMessage(question, { modal: true, detail }, stop);
  if (answer !== stop) return;
  const location = { viewId: "supervisord.programs" };
  await vscode.window.withProgress({ location }, () =>
    Promise.all(
      found.map(({ server, program }) =>
        servers.find(server)?.client?.call("supervisord.stopLeftover", [program.pid], { timeoutMs: 0 }),
      ),
    ),
  );
}

/** What the user chooses of all that runs on so; null where there is nothing, or nothing was chosen. */
async function pickLeftBehind(servers: Servers): Promise<readonly FoundLeftBehind[] | null> {
  const items = allLeftBehind(servers.views).map((found) => ({
    label: found.program.name,
    description: t("left running · pid {0}", found.program.pid),
    detail: maskSecrets(found.program.command),
    found,
  }));
  if (items.length === 0) {
    void vscode.window.showInformationMessage(t("No program was left running by an earlier daemon."));
    return null;
  }
  const options = { canPickMany: true, placeHolder: t("Choose the programs to stop") } as const;
  const picked = await vscode.window.showQuickPick(items, options);
  return picked === undefined || picked.length === 0 ? null : picked.map(({ found }) => found);
}
