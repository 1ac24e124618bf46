import * as vscode from "vscode";
import { actOnAll, actOnPrograms } from "./act-commands.ts";
import { addServer, removeServer } from "./added-server-commands.ts";
import { signIn } from "./credentials.ts";
import { attachDebugger, restartUnderDebugger } from "./debug/attach-commands.ts";
import type { DebugSessions } from "./debug/debug-sessions.ts";
import { showDetails } from "./details-command.ts";
import { stopLeftBehind } from "./left-behind-command.ts";
import { type Log, showFailure } from "./log.ts";
import { clearLog, openLogFile, openLogTerminal, searchLogs, showOutput } from "./log-commands.ts";
import type { CommandArguments } from "./model/command-arguments.ts";
import { type MutedPrograms, muteProgram, unmuteProgram } from "./muted-programs.ts";
import { freePort } from "./ports/free-port-command.ts";
import { openInBrowser } from "./ports/open-in-browser.ts";
import type { ProgramTree } from "./program-tree.ts";
import { openConfiguration, revealInView } from "./section-commands.ts";
import { reloadServer, runCommand, shutDownServer, startServer } from "./server-commands.ts";
import type { Servers } from "./servers/servers.ts";
import { sendSignal } from "./signal-command.ts";
import { type ChangeComparison, serverArguments } from "./views/change-comparison.ts";
import type { ConsentDialog } from "./views/consent-dialog.ts";
import type { LogDocuments } from "./views/log-documents.ts";
import type { LogViews } from "./views/log-views.ts";

/** What commands work with. */
export type CommandParts = {
  readonly log: Log;
  readonly servers: Servers;
  readonly consent: ConsentDialog;
  readonly muted: MutedPrograms;
  readonly debugSessions: DebugSessions;
  readonly outputs: LogViews;
  readonly logDocuments: LogDocuments;
  readonly comparison: ChangeComparison;
  readonly secrets: vscode.SecretStorage;
  readonly tree: ProgramTree;
};

type Handler = (parts: CommandParts, args: CommandArguments) => unknown;

/** The short names are those of the view's rows, the `Program` ones those of the palette; key bindings may use either. */
const COMMANDS: Readonly<Record<string, Handler>> = {
  "supervisord.start": ({ servers }, args) => actOnPrograms(servers, "start", args),
  "supervisord.stop": ({ servers }, args) => actOnPrograms(servers, "stop", args),
  "supervisord.restart": ({ servers }, args) => actOnPrograms(servers, "restart", args),
  "supervisord.forceStop": ({ servers }, args) => actOnPrograms(servers, "forceStop", args),
  "supervisord.forceStopProgram": ({ servers }, args) => actOnPrograms(servers, "forceStop", args),
  "supervisord.startProgram": ({ servers }, args) => actOnPrograms(servers, "start", args),
  "supervisord.stopProgram": ({ servers }, args) => actOnPrograms(servers, "stop", args),
  "supervisord.restartProgram": ({ servers }, args) => actOnPrograms(servers, "restart", args),
  "supervisord.startAll": ({ servers }, args) => actOnAll(servers, "start", args),
  "supervisord.stopAll": ({ servers }, args) => actOnAll(servers, "stop", args),
  "supervisord.restartAll": ({ servers }, args) => actOnAll(servers, "restart", args),
  "supervisord.showOnlyFailing": ({ tree }) => tree.settings.showOnlyFailing(true),
  "supervisord.showAllPrograms": ({ tree }) => tree.settings.showOnlyFailing(false),
  "supervisord.showFlat": ({ tree }) => tree.settings.showAs("flat"),
  "supervisord.showGrouped": ({ tree }) => tree.settings.showAs("grouped"),
  "supervisord.showOutput": showOutput,
  "supervisord.showProgramOutput": showOutput,
  "supervisord.openLogTerminal": openLogTerminal,
  "supervisord.openProgramLogTerminal": openLogTerminal,
  "supervisord.searchLogs": searchLogs,
  "supervisord.clearLog": clearLog,
  "supervisord.clearProgramLog": clearLog,
  "supervisord.openLogFile": openLogFile,
  "supervisord.openProgramLogFile": openLogFile,
  "supervisord.openInBrowser": ({ servers }, args) => openInBrowser(servers, args),
  "supervisord.openProgramInBrowser": ({ servers }, args) => openInBrowser(servers, args),
  "supervisord.freePort": ({ servers }, args) => freePort(servers, args),
  "supervisord.freePortOfProgram": ({ servers }, args) => freePort(servers, args),
  "supervisord.attachDebugger": attachDebugger,
  "supervisord.attachProgramDebugger": attachDebugger,
  "supervisord.restartUnderDebugger": restartUnderDebugger,
  "supervisord.restartProgramUnderDebugger": restartUnderDebugger,
  "supervisord.startServer": ({ servers, consent }, args) => startServer(servers, consent, args),
  "supervisord.reload": ({ servers, consent }, args) => reloadServer(servers, consent, serverArguments(args)),
  "supervisord.update": ({ servers, consent }, args) => reloadServer(servers, consent, serverArguments(args)),
  "supervisord.showChanges": ({ servers, comparison }, args) => comparison.show(servers, args),
  "supervisord.shutDown": ({ servers }, args) => shutDownServer(servers, args),
  "supervisord.stopLeftBehind": ({ servers }, args) => stopLeftBehind(servers, args),
  "supervisord.mute": ({ servers, muted }, args) => muteProgram(servers, muted, args),
  "supervisord.unmute": ({ servers, muted }, args) => unmuteProgram(servers, muted, args),
  "supervisord.signIn": ({ servers, secrets }, args) => signIn(servers, secrets, args),
  "supervisord.addServer": ({ servers, secrets }) => addServer(servers, secrets),
  "supervisord.removeServer": ({ servers, secrets }, args) => removeServer(servers, secrets, args),
  "supervisord.lookAgain": ({ servers }) => servers.discover(),
  "supervisord.openConfiguration": ({ servers }, args) => openConfiguration(servers, args),
  "supervisord.revealInView": ({ servers, tree }) => revealInView(servers, tree.view),
  "supervisord.showDetails": ({ servers, tree }, args) => showDetails(servers, tree.details, args),
  "supervisord.showProgramDetails": ({ servers, tree }, args) => showDetails(servers, tree.details, args),
  "supervisord.sendSignal": ({ servers }, args) => sendSignal(servers, args),
  "supervisord.sendSignalToProgram": ({ servers }, args) => sendSignal(servers, args),
  "supervisord.createConfiguration": createNew,
  "supervisord.runCommand": ({ servers, consent }, args) => runCommand(servers, consent, args),
  "supervisord.showLog": ({ log }) => log.show(true),
};

/** Loaded only now: what reads the files of other tools is larger than the rest, and seldom needed. */
async function createNew(): Promise<void> {
  const { createConfiguration } = await import("./create-configuration.ts");
  await createConfiguration();
}

/**
 * Registers every command; what one of them throws is shown as a sentence. It has ended then, whenever the user puts
 * the sentence away: key bindings may run several commands one after another.
 */
export function registerCommands(parts: CommandParts): vscode.Disposable {
  const registered = Object.entries(COMMANDS).map(([id, handler]) =>
    vscode.commands.registerCommand(id, async (...args: unknown[]) => {
      try {
        await handler(parts, args);
      } catch (error) {
        void showFailure(parts.log, error);
      }
    }),
  );
  return vscode.Disposable.from(...registered);
}
