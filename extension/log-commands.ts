import { access, constants } from "node:fs/promises";
import * as vscode from "vscode";
import type { ProcessSnapshot } from "../daemon/protocol/event-stream.ts";
import { makeNamespec } from "../daemon/protocol/names.ts";
import { targetsOf } from "./act-commands.ts";
import { namedTargets, processesOf } from "./model/acts.ts";
import { stripAnsi } from "./model/ansi.ts";
import { type CommandArguments, idsOf } from "./model/command-arguments.ts";
import { t } from "./model/l10n.ts";
import { serverTarget, type Target } from "./model/target.ts";
import { readLogEnd } from "./servers/log-end.ts";
import { readLogs } from "./servers/read-logs.ts";
import type { Servers } from "./servers/servers.ts";
import type { LogDocuments } from "./views/log-documents.ts";
import { pickLog } from "./views/log-picker.ts";
import { pickLine } from "./views/log-search-picker.ts";
import type { LogViews } from "./views/log-views.ts";

/** What the commands about logs work with. */
export type LogParts = {
  readonly servers: Servers;
  readonly outputs: LogViews;
  readonly logDocuments: LogDocuments;
};

/** Opens the output channel of what the arguments name, or of what is picked. */
export async function showOutput({ servers, outputs }: LogParts, args: CommandArguments): Promise<void> {
  for (const target of await namedOrPicked(servers, t("Show Output"), ANY, args)) outputs.show(target);
}

/** Opens the log terminal of what the arguments name, or of what is picked. */
export async function openLogTerminal({ servers, outputs }: LogParts, args: CommandArguments): Promise<void> {
  for (const target of await namedOrPicked(servers, t("Open Log Terminal"), ANY, args))
    outputs.openTerminal(target);
}

/** Finds lines in the logs of what the arguments name, or in all, and shows the one that is picked. */
export async function searchLogs({ servers, logDocuments }: LogParts, args: CommandArguments): Promise<void> {
  const ids = idsOf(args);
  const targets =
    ids.length > 0 ? namedTargets(servers.views, targetsOf(servers, ids)) : servers.views.map(serverTarget);
  const location = { viewId: "supervisord.programs" };
  const logs = await vscode.window.withProgress({ location }, () => readLogs(servers, targets));
  if (logs.length === 0) {
    await vscode.window.showInformationMessage(t("There is no log to search yet."));
    return;
  }
  const hit = await pickLine(logs);
  if (hit === null) return;
  const { log, line, column, length } = hit;
  await logDocuments.show(log.label, log.text, new vscode.Range(line, column, line, column + length));
}

/** Empties the logs of what the arguments name, or of what is picked; asks where these are several. */
export async function clearLog({ servers, outputs }: LogParts, args: CommandArguments): Promise<void> {
  const targets = namedTargets(servers.views, await namedOrPicked(servers, t("Clear Log"), ANY, args));
  const processes = targets.flatMap((target) => processesOf(servers.views, target));
  if (processes.length > 1 && !(await agrees(processes))) return;
  for (const target of targets) {
    const client = servers.find(target.server)?.client;
    if (!client) throw new Error(t("{0} is not running: start it first.", target.server));
    const members = processesOf(servers.views, target);
    await Promise.all(members.map(({ group, name }) => client.clearProcessLogs(makeNamespec(group, name))));
    outputs.cleared(target);
  }
}

/** Opens the log file of the process that the arguments name, or that is picked. */
export async function openLogFile(
  { servers, logDocuments }: LogParts,
  args: CommandArguments,
): Promise<void> {
  const [target] = await namedOrPicked(servers, t("Open Log File"), ["process"], args);
  if (target === undefined) return;
  const [process] = processesOf(servers.views, target);
  const client = servers.find(target.server)?.client;
  if (process === undefined || !client) return;
  const log = await chooseLog(process);
  if (log === null) return;
  const name = makeNamespec(process.group, process.name);
  if (client.address.kind === "unix" && (await isReadable(log.file))) return openFile(log.file);
  const end = await readLogEnd(client, process, log.channel, { atMost: SHOWN_BYTES, from: 0 });
  const text = stripAnsi("", end?.text ?? "").text;
  const last = text.split("\n").length - 1;
  await logDocuments.show(`${name} · ${log.channel}`, text, new vscode.Range(last, 0, last, 0));
}

/** What is shown of a log that is on another machine. */
const SHOWN_BYTES = 1024 * 1024;

type ChosenLog = { readonly channel: "stdout" | "stderr"; readonly file: string };

async function chooseLog(process: ProcessSnapshot): Promise<ChosenLog | null> {
  const logs = [
    { channel: "stdout" as const, file: process.stdoutLogfile },
    { channel: "stderr" as const, file: process.stderrLogfile },
  ].flatMap(({ channel, file }) =>
    file === null ? [] : [{ channel, file, label: channel, description: file }],
  );
  const [only, ...more] = logs;
  if (only === undefined) throw new Error(t("{0} keeps no log file.", process.name));
  if (more.length === 0) return only;
  return (
    (await vscode.window.showQuickPick(logs, {
      title: t("Open Log File"),
      placeHolder: t("Choose a log"),
    })) ?? null
  );
}

async function openFile(file: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.file(file));
  const end = document.lineAt(document.lineCount - 1).range;
  const editor = await vscode.window.showTextDocument(document, { selection: end });
  editor.revealRange(end);
  // The daemon goes on writing it.
  await vscode.commands.executeCommand("workbench.action.files.setActiveEditorReadonlyInSession");
}

async function isReadable(file: string): Promise<boolean> {
  return access(file, constants.R_OK).then(
    () => true,
    () => false,
  );
}

async function agrees(processes: readonly ProcessSnapshot[]): Promise<boolean> {
  const clear = t("Clear Logs");
  const question = t("Clear the logs of {0} programs?", processes.length);
  const detail = t("What their log files hold is lost.");
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, clear)) === clear;
}

const ANY = ["process", "group", "server"] as const;

async function namedOrPicked(
  servers: Servers,
  title: string,
  kinds: readonly Target["kind"][],
  args: CommandArguments,
): Promise<readonly Target[]> {
  const ids = idsOf(args);
  if (ids.length > 0) return targetsOf(servers, ids);
  const picked = await pickLog(servers, title, kinds);
  return picked === null ? [] : [picked];
}
