import * as vscode from "vscode";
import { maskSecrets } from "../daemon/protocol/secrets.ts";
import { type CommandArguments, idsOf } from "./model/command-arguments.ts";
import { findLeftBehind } from "./model/left-behind.ts";
import type { Servers } from "./servers/servers.ts";

/** Ends programs that an earlier daemon left running, after asking. */
export async function stopLeftBehind(servers: Servers, args: CommandArguments): Promise<void> {
  const found = idsOf(args).flatMap((id) => findLeftBehind(servers.views, id) ?? []);
  const [only] = found;
  if (only === undefined) throw new Error("There is no such program any more.");
  const question =
    found.length === 1
      ? `Stop ${only.program.name}?`
      : `Stop ${found.length} programs that were left running?`;
  const detail = found.map(({ program }) => `pid ${program.pid}: ${maskSecrets(program.command)}`).join("\n");
  const answer = await vscode.window.showWarningMessage(question, { modal: true, detail }, "Stop");
  if (answer !== "Stop") return;
  const location = { viewId: "supervisord.programs" };
  await vscode.window.withProgress({ location }, () =>
    Promise.all(
      found.map(({ server, program }) =>
        servers.find(server)?.client?.call("supervisord.stopLeftover", [program.pid], { timeoutMs: 0 }),
      ),
    ),
  );
}
