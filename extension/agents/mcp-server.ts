import { realpathSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { fromJsonSchema, McpServer } from "@modelcontextprotocol/server";
import { StdioServerTransport } from "@modelcontextprotocol/server/stdio";
import { packageVersion } from "../../daemon/version.ts";
import { AGENT_TOOLS, type AgentTool, type AgentToolName } from "../model/agent-tools.ts";
import { createDaemonProgram } from "../servers/daemon-program.ts";
import { findSupervised } from "./find-supervised.ts";
import { useTool } from "./use-tool.ts";

const USAGE = `Usage: supervisord-mcp [--folder FOLDER]... [--configuration FILE]...

Lets agents see and steer the programs of supervisord.conf files over the Model Context Protocol, on standard input and
output. Without arguments the current folder counts.
`;

const INSTRUCTIONS =
  "The user's dev servers, workers and watchers run under supervisord. Look here before starting one in a terminal; after a change read its log with `since`; restart only what needs it.";

/** Runs `supervisord-mcp` with these arguments. Rejects with a sentence where they are no use. */
export async function main(args: string[]): Promise<void> {
  const options = {
    folder: { type: "string", multiple: true },
    configuration: { type: "string", multiple: true },
    help: { type: "boolean" },
  } as const;
  const { folder = [], configuration = [], help } = parseArgs({ args, options }).values;
  if (help) {
    process.stdout.write(USAGE);
    return;
  }
  const folders = folder.length + configuration.length === 0 ? [process.cwd()] : folder;
  const absolute = (paths: readonly string[]) => paths.map((path) => resolve(path));
  await serve(absolute(folders), absolute(configuration));
}

/** Serves agents on standard input and output until the client goes away. */
async function serve(folders: readonly string[], named: readonly string[]): Promise<void> {
  // Beside this program, wherever the link that started it stands.
  const script = join(dirname(realpathSync(process.argv[1] ?? "")), "../daemon/supervisord.cjs");
  const daemon = createDaemonProgram(script, inherited, {
    dialect: () => "4.3",
    windowPolicy: () => ({ kind: "keep" }),
  });
  const server = new McpServer(
    { name: "supervisord", version: packageVersion() },
    { instructions: INSTRUCTIONS },
  );
  for (const tool of Object.values<AgentTool>(AGENT_TOOLS)) {
    const { name, title, description, input, question } = tool;
    const isReading = question === null;
    const annotations = { readOnlyHint: isReading, destructiveHint: !isReading, openWorldHint: false };
    server.registerTool(
      name,
      { title, description, inputSchema: fromJsonSchema<unknown>({ ...input }), annotations },
      (given) => answer(name, given, () => findSupervised(folders, named, daemon)),
    );
  }
  await server.connect(new StdioServerTransport());
}

async function answer(name: string, given: unknown, find: () => ReturnType<typeof findSupervised>) {
  try {
    const data = await useTool(name as AgentToolName, given, await find());
    return { content: [{ type: "text" as const, text: JSON.stringify(data, null, 1) }] };
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    return { content: [{ type: "text" as const, text: words }], isError: true };
  }
}

async function inherited(): Promise<Record<string, string>> {
  return Object.fromEntries(Object.entries(process.env).map(([name, value]) => [name, value ?? ""]));
}
