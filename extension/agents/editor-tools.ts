import * as vscode from "vscode";
import { AGENT_TOOLS, type AgentTool, type AgentToolName } from "../model/agent-tools.ts";
import type { Servers } from "../servers/servers.ts";
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
    typeof vscode.lm?.registerMcpServerDefinitionProvider === "function"
      ? [vscode.lm.registerMcpServerDefinitionProvider("supervisord", definitionsFor(script))]
      : [];
  return vscode.Disposable.from(...tools, ...provider);
}

function toolFor({ name, question }: AgentTool, servers: Servers): vscode.LanguageModelTool<object> {
  return {
    prepareInvocation: ({ input }) => {
      if (question === null) return {};
      const program = String(Reflect.get(input, "program"));
      const { title, text } = question(program);
      return { confirmationMessages: { title, message: new vscode.MarkdownString().appendText(text) } };
    },
    invoke: async ({ input }) => {
      const data = await useTool(name as AgentToolName, input, servers.configured.map(supervisedOf));
      const text = new vscode.LanguageModelTextPart(JSON.stringify(data, null, 1));
      return new vscode.LanguageModelToolResult([text]);
    },
  };
}

function supervisedOf(server: Servers["configured"][number]): Supervised {
  const { configFile, client } = server;
  return { configFile, client, reason: "supervisord is not running for it.", plan: () => server.plan() };
}

/** Other clients of the protocol get the same tools from a program of their own. */
function definitionsFor(script: string): vscode.McpServerDefinitionProvider {
  return {
    provideMcpServerDefinitions: () => {
      const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === "file");
      if (!vscode.workspace.isTrusted || folders.length === 0) return [];
      const args = [script, ...folders.flatMap(({ uri }) => ["--folder", uri.fsPath])];
      const electron = process.versions.electron === undefined ? {} : { ELECTRON_RUN_AS_NODE: "1" };
      return [new vscode.McpStdioServerDefinition("Supervisord", process.execPath, args, electron)];
    },
  };
}
