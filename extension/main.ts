import { setImmediate as nextTurn } from "node:timers/promises";
import * as vscode from "vscode";
import type { Plan } from "../daemon/protocol/plan.ts";
import { registerAgentTools } from "./agents/editor-tools.ts";
import type { SupervisordApi } from "./api.ts";
import { watchSaves } from "./apply-on-save.ts";
import { registerCommands } from "./commands.ts";
import { storedCredentials } from "./credentials.ts";
import { DebugSessions } from "./debug/debug-sessions.ts";
import { createLanguageSupport } from "./language-support.ts";
import { createLog, type Log, showFailure } from "./log.ts";
import { t, translateWith } from "./model/l10n.ts";
import { tellProblemsWith } from "./model/problem-words.ts";
import { MutedPrograms } from "./muted-programs.ts";
import { createProgramTree } from "./program-tree.ts";
import { createApi } from "./public-api.ts";
import { tellRevivals } from "./revivals.ts";
import { startOnOpen } from "./server-commands.ts";
import { createDaemonProgram } from "./servers/daemon-program.ts";
import { IncidentWatch } from "./servers/incident-watch.ts";
import { Servers } from "./servers/servers.ts";
import { userEnvironment } from "./servers/user-environment.ts";
import * as settings from "./settings.ts";
import { logStates } from "./state-log.ts";
import { registerTasks } from "./tasks.ts";
import { ChangeComparison } from "./views/change-comparison.ts";
import { showChangeLenses } from "./views/change-lenses.ts";
import { ConsentDialog } from "./views/consent-dialog.ts";
import { IncidentNotices } from "./views/incident-notices.ts";
import { IncidentProblems } from "./views/incident-problems.ts";
import { createLanguageStatusItem } from "./views/language-status-item.ts";
import { LogDocuments } from "./views/log-documents.ts";
import { registerLogLinks } from "./views/log-links-provider.ts";
import { registerLogProfile } from "./views/log-profile.ts";
import { LogViews } from "./views/log-views.ts";
import { createStatusBarItem } from "./views/status-bar-item.ts";

/**
 * Puts the parts of the extension together: first what is seen at once, then the rest, in a turn of its own, so that an
 * editor that opens is kept waiting for neither. Nothing is missed meanwhile: supervisors are looked for only when all
 * that listens is there, and what needs this extension awaits what is returned.
 */
export async function activate(context: vscode.ExtensionContext): Promise<SupervisordApi> {
  translateWith(vscode.l10n.t);
  const seen = showWindow(context);
  await nextTurn();
  return completeWindow(context, seen);
}

/** What a window shows by itself. */
function showWindow(context: vscode.ExtensionContext) {
  const log = createLog();
  const environment = () => userEnvironment(process.env, (reason) => log.warn(reason));
  const daemon = createDaemonProgram(context.asAbsolutePath("dist/daemon/supervisord.cjs"), environment, {
    dialect: settings.dialect,
    windowPolicy: settings.windowPolicy,
  });
  const { version } = context.extension.packageJSON;
  const servers = new Servers(daemon, (file) => storedCredentials(context.secrets, file), String(version));
  const tree = createProgramTree(servers, context.workspaceState);
  context.subscriptions.push(log, servers, tree, createStatusBarItem(servers));
  return { log, environment, servers, tree };
}

/** What comes into play with what the user or a program does; then the window's supervisors are looked for. */
function completeWindow(
  context: vscode.ExtensionContext,
  { log, environment, servers, tree }: ReturnType<typeof showWindow>,
): SupervisordApi {
  const { secrets, subscriptions } = context;
  const bundled = (path: string) => context.asAbsolutePath(`dist/${path}`);
  const consent = new ConsentDialog(context.globalState);
  const muted = new MutedPrograms(context.workspaceState);
  const comparison = new ChangeComparison();
  const errands = {
    servers,
    agree: (plan: Plan, label: string) => consent.ask(plan, label, t("Start")),
  };
  const { api, subscription } = createApi(errands);
  const debugSessions = new DebugSessions(servers, log);
  const outputs = new LogViews(servers, context.workspaceState);
  const logDocuments = new LogDocuments();
  const commandParts = { servers, tree, log, consent, muted, comparison, secrets };
  const open = () => openWorkspace(servers, consent, log);
  subscriptions.push(
    consent,
    outputs,
    comparison,
    showChangeLenses(servers),
    watchSaves(servers, consent, log),
    tellTrouble(servers, muted, log),
    debugSessions,
    logDocuments,
    registerLogLinks(servers),
    registerLogProfile(servers, outputs),
    createLanguageStatusItem(servers),
    registerAgentTools(servers, bundled("extension/supervisord-mcp.cjs")),
    createLanguageSupport(bundled("language-server/server.cjs"), log, servers, environment),
    registerCommands({ ...commandParts, outputs, debugSessions, logDocuments }),
    subscription,
    registerTasks(errands),
    vscode.workspace.onDidGrantWorkspaceTrust(open),
  );
  void open();
  return api;
}

function tellTrouble(servers: Servers, muted: MutedPrograms, log: Log): vscode.Disposable {
  const incidents = new IncidentWatch(servers);
  return vscode.Disposable.from(
    incidents,
    new IncidentNotices(servers, incidents, muted),
    new IncidentProblems(servers, incidents, log),
    logStates(servers, log),
    tellRevivals(servers, log),
  );
}

async function openWorkspace(servers: Servers, consent: ConsentDialog, log: Log): Promise<void> {
  try {
    if (vscode.env.language === "zh-cn") tellProblemsWith(await chineseProblems());
    await servers.discover();
    if (settings.showsViewOnOpen() && servers.views.length > 0) await showView();
    const mode = settings.startOnOpen();
    if (mode !== "never") await startOnOpen(servers, consent, mode);
  } catch (error) {
    await showFailure(log, error);
  }
}

/** Loaded only by those who read it. */
async function chineseProblems(): Promise<Readonly<Record<string, string>>> {
  const { chineseProblems } = await import("./chinese-problems.ts");
  return chineseProblems();
}

async function showView(): Promise<void> {
  await vscode.commands.executeCommand("supervisord.programs.focus", { preserveFocus: true });
}
