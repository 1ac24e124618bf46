import * as vscode from "vscode";
import { awayReason, placeOfAct } from "../model/agent-answers.ts";
import { AGENT_TOOLS, type AgentTool, type AgentToolName } from "../model/agent-tools.ts";
import { addedServers } from "../servers/added-entries.ts";
import { findConfigFiles } from "../servers/discover.ts";
import type { Servers, WindowServer } from "../servers/servers.ts";
import { settled } from "../servers/settled.ts";
import { addedServersSetting, onServerListChange } from "../settings.ts";
import { type Supervised, useTool } from "./use-tool.ts";

/** Offers the tools to the editor's own agents, and the bundled server at `script` to those that speak MCP. */
export function registerAgentTools(servers: Servers, script: string): vscode.Disposable {
  // Editors that are built on VS Code may lack either.
  const tools =
    typeof vscode.lm?.registerTool === "function"
      ? Object.values<AgentTool>(AGENT_TOOLS).map((tool) =>
          vscode.lm.registerTool(`supervisord_${tool.name}`, toolFor(tool, servers)),
        )
      : [];
  const provider =
    typeof vscode.lm?.registerMcpServerDefinitionProvider === "function" ? registerDefinitions(script) : [];
  return vscode.Disposable.from(...tools, ...provider);
}

function toolFor({ name, question }: AgentTool, servers: Servers): vscode.LanguageModelTool<object> {
  return {
    prepareInvocation: ({ input }) => {
      if (question === null) return {};
      const program = String(Reflect.get(input, "program"));
      const where = placeOfAct(servers.views, program, Reflect.get(input, "configuration"));
      const { title, text } = question(program, where);
      return { confirmationMessages: { title, message: new vscode.MarkdownString().appendText(text) } };
    },
    invoke: async ({ input }) => {
      // The call may be what activated the extension; a server that is far may take longer.
      await settled(servers, AbortSignal.timeout(PATIENCE_MS)).catch(() => null);
      const data = await useTool(name as AgentToolName, input, servers.all.map(supervisedOf));
      const text = new vscode.LanguageModelTextPart(JSON.stringify(data, null, 1));
      return new vscode.LanguageModelToolResult([text]);
    },
  };
}

const PATIENCE_MS = 5000;

function supervisedOf(server: WindowServer): Supervised {
  const { key: label, client, view } = server;
  const common = { label, client, reason: awayReason(view) };
  return server.configFile === null
    ? { ...common, name: server.url, plan: null }
    : { ...common, name: server.configFile, plan: () => server.plan() };
}

/** Other clients of the protocol get the same tools from a program of their own. */
function registerDefinitions(script: string): vscode.Disposable[] {
  const changed = new vscode.EventEmitter<void>();
  const tell = () => changed.fire();
  const provider: vscode.McpServerDefinitionProvider = {
    onDidChangeMcpServerDefinitions: changed.event,
    provideMcpServerDefinitions: async () => {
      if (!vscode.workspace.isTrusted) return [];
      const args = await placesToLook();
      const electron = process.versions.electron === undefined ? {} : { ELECTRON_RUN_AS_NODE: "1" };
      const definition = (given: string[]) =>
        new vscode.McpStdioServerDefinition("Supervisord", process.execPath, [script, ...given], electron);
      return args.length === 0 ? [] : [definition(args)];
    },
  };
  return [
    changed,
    onServerListChange(tell),
    vscode.workspace.onDidChangeWorkspaceFolders(tell),
    vscode.workspace.onDidGrantWorkspaceTrust(tell),
    vscode.lm.registerMcpServerDefinitionProvider("supervisord", provider),
  ];
}

/** The arguments that name what the window has; addresses come without their passwords. */
async function placesToLook(): Promise<string[]> {
  const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === "file");
  const configurations = await findConfigFiles();
  return [
    ...folders.flatMap(({ uri }) => ["--folder", uri.fsPath]),
    ...configurations.flatMap(({ file }) => ["--configuration", file]),
    ...addedServers(addedServersSetting(), []).flatMap(({ url }) => ["--server", url]),
  ];
}
