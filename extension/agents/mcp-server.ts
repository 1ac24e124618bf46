import { realpathSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { fromJsonSchema, McpServer } from "@modelcontextprotocol/server";
import { StdioServerTransport } from "@modelcontextprotocol/server/stdio";
import { packageVersion } from "../../daemon/version.ts";
import { AGENT_TOOLS, type AgentTool, type AgentToolName } from "../model/agent-tools.ts";
import { typedServer } from "../servers/added-entries.ts";
import { createDaemonProgram } from "../servers/daemon-program.ts";
import { findSupervised, type Places } from "./find-supervised.ts";
import { useTool } from "./use-tool.ts";

const USAGE = `Usage: supervisord-mcp [--folder FOLDER]... [--configuration FILE]... [--server ADDRESS]...

Lets agents see and steer the programs of supervisord.conf files, and of supervisors at addresses such as
unix:///run/supervisor.sock or http://127.0.0.1:9001, over the Model Context Protocol, on standard input and output.
Without arguments the current folder counts. Addresses that need a password are only told of.
`;

const INSTRUCTIONS =
  "The user's dev servers, workers and watchers run under supervisord. Look here before starting one in a terminal; after a change read its log with `since`; restart only what needs it.";

/** Runs `supervisord-mcp` with these arguments. Rejects with a sentence where they are no use. */
export async function main(args: string[]): Promise<void> {
  const options = {
    folder: { type: "string", multiple: true },
    configuration: { type: "string", multiple: true },
    server: { type: "string", multiple: true },
    help: { type: "boolean" },
  } as const;
  const { folder = [], configuration = [], server = [], help } = parseArgs({ args, options }).values;
  if (help) {
    process.stdout.write(USAGE);
    return;
  }
  const isBare = folder.length + configuration.length + server.length === 0;
  const absolute = (paths: readonly string[]) => paths.map((path) => resolve(path));
  await serve({
    folders: absolute(isBare ? [process.cwd()] : folder),
    configurations: absolute(configuration),
    servers: server.map(addressWithoutPassword),
  });
}

function addressWithoutPassword(text: string): string {
  const { url, credentials } = typedServer(text);
  if (credentials.username === undefined) return url;
  throw new Error(`--server ${url} takes no user name and password: others could read them.`);
}

/** Serves agents on standard input and output until the client goes away. */
async function serve(places: Places): Promise<void> {
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
      (given) => answer(name, given, () => findSupervised(places, daemon)),
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
