import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import {
  type ClientCapabilities,
  createProtocolConnection,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  type InitializeResult,
  IPCMessageReader,
  IPCMessageWriter,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  type PublishDiagnosticsParams,
  type Range,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
  type WorkspaceFolder,
} from "vscode-languageserver/node";
import type { InitializationOptions } from "../../language-server/requests.ts";

const BUNDLE = "dist/language-server/server.cjs";

/** A language server that was started from its bundle, and a client's end of the connection to it. */
export type Server = {
  readonly process: ChildProcess;
  readonly connection: ProtocolConnection;
  /** What the server has said of itself. */
  readonly initialized: InitializeResult;
  /** Diagnostics that came unasked, oldest first. */
  readonly pushed: readonly PublishDiagnosticsParams[];
  /** The first pushed diagnostics, past or to come, of a document in a version. */
  readonly pushedFor: (uri: string, version: number) => Promise<PublishDiagnosticsParams>;
};

type Greeting = {
  readonly locale?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly initializationOptions?: InitializationOptions;
  readonly workspaceFolders?: WorkspaceFolder[];
  /** The file to start instead of the bundle. */
  readonly program?: string;
};

/** Starts the server over its standard streams or over IPC and greets it. */
export async function startServer(
  transport: "stdio" | "ipc",
  capabilities: ClientCapabilities,
  { locale, env = process.env, initializationOptions, workspaceFolders, program = BUNDLE }: Greeting = {},
): Promise<Server> {
  const child =
    transport === "stdio"
      ? spawn(process.execPath, [program, "--stdio"], { env, stdio: ["pipe", "pipe", "inherit"] })
      : fork(BUNDLE, ["--node-ipc"], { env, execArgv: [], stdio: "inherit" });
  const connection = connect(child);
  const pushed: PublishDiagnosticsParams[] = [];
  const waiting: ((params: PublishDiagnosticsParams) => void)[] = [];
  connection.onNotification(PublishDiagnosticsNotification.type, (params) => {
    pushed.push(params);
    for (const tell of waiting) tell(params);
  });
  connection.listen();
  const params = {
    processId: process.pid,
    rootUri: null,
    capabilities,
    initializationOptions,
    workspaceFolders: workspaceFolders ?? null,
    ...(locale === undefined ? {} : { locale }),
  };
  const initialized = await connection.sendRequest(InitializeRequest.type, params);
  await connection.sendNotification(InitializedNotification.type, {});
  const pushedFor = (uri: string, version: number): Promise<PublishDiagnosticsParams> => {
    const fits = (one: PublishDiagnosticsParams) => one.uri === uri && one.version === version;
    const known = pushed.find(fits);
    if (known !== undefined) return Promise.resolve(known);
    return new Promise((resolve) => waiting.push((one) => fits(one) && resolve(one)));
  };
  return { process: child, connection, initialized, pushed, pushedFor };
}

/** Asks the server to go, and answers with its exit code. */
export async function stopServer(server: Server): Promise<number | null> {
  const exited = once(server.process, "exit");
  await server.connection.sendRequest(ShutdownRequest.type);
  await server.connection.sendNotification(ExitNotification.type);
  const [code] = await exited;
  server.connection.dispose();
  return code;
}

/** Opens a document in the server. */
export async function open(server: Server, uri: string, text: string): Promise<void> {
  const textDocument = { uri, languageId: "supervisord-conf", version: 1, text };
  await server.connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument });
}

/** Tells the server of an edit of one range. */
export async function edit(
  server: Server,
  uri: string,
  version: number,
  range: Range,
  text: string,
): Promise<void> {
  const params = { textDocument: { uri, version }, contentChanges: [{ range, text }] };
  await server.connection.sendNotification(DidChangeTextDocumentNotification.type, params);
}

/** Closes a document in the server. */
export async function close(server: Server, uri: string): Promise<void> {
  await server.connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri } });
}

function connect(child: ChildProcess): ProtocolConnection {
  if (child.stdout === null || child.stdin === null) {
    return createProtocolConnection(new IPCMessageReader(child), new IPCMessageWriter(child));
  }
  return createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
}
