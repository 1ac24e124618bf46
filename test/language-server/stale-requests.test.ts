import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  CancellationTokenSource,
  CodeActionRequest,
  CompletionRequest,
  DocumentDiagnosticRequest,
  DocumentFormattingRequest,
  DocumentSymbolRequest,
  HoverRequest,
  InlayHintRequest,
  LSPErrorCodes,
  ReferencesRequest,
  RenameRequest,
  SemanticTokensRequest,
  WorkDoneProgress,
  WorkDoneProgressCreateRequest,
  WorkspaceDiagnosticRequest,
} from "vscode-languageserver/node";
import { edit, open, type Server, startServer, stopServer } from "./server.ts";

const TEXT = "[supervisord]\n\n[program:a]\ncommand=sleep 1\nauto\n";
const PULLING = { textDocument: { diagnostic: {} }, window: { workDoneProgress: true } };
const MANY = 90_000;

let server: Server;
let folder: string;
let uri: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "supervisord-stale-"));
  uri = pathToFileURL(join(folder, "supervisord.conf")).href;
});

afterEach(async () => {
  expect(await stopServer(server)).toBe(0);
  rmSync(folder, { recursive: true });
});

/** So many programs that to read them takes long. */
function manyPrograms(count: number): string {
  const programs = Array.from(
    { length: count },
    (_, index) => `[program:p${index}]\ncommand=sleep ${index}\nautostart=true\nenvironment=A="${index}"\n`,
  );
  return `[supervisord]\n${programs.join("")}`;
}

/** Sends messages while the server stands still, so that it gets them all at once. */
async function atOnce(send: () => readonly Promise<unknown>[]): Promise<readonly Promise<unknown>[]> {
  server.process.kill("SIGSTOP");
  try {
    const sent = send();
    // Messages are written one after the other: once the last is, all are.
    await server.connection.sendNotification("$/setTrace", { value: "off" });
    return sent;
  } finally {
    server.process.kill("SIGCONT");
  }
}

test.each([
  ["hover", HoverRequest.method, { position: { line: 3, character: 2 } }],
  ["symbols", DocumentSymbolRequest.method, {}],
  ["semantic tokens", SemanticTokensRequest.method, {}],
  ["hints", InlayHintRequest.method, { range: whole() }],
  ["formatting", DocumentFormattingRequest.method, { options: { tabSize: 2, insertSpaces: true } }],
  ["code actions", CodeActionRequest.method, { range: whole(), context: { diagnostics: [] } }],
  ["references", ReferencesRequest.method, { position: at(2, 10), context: { includeDeclaration: true } }],
  ["rename", RenameRequest.method, { position: at(2, 10), newName: "b" }],
])(
  "%s of a text that has changed meanwhile is refused, and answered when it is asked again",
  async (_name, method, params) => {
    server = await startServer("stdio", PULLING);
    await open(server, uri, TEXT);
    const ask = () => server.connection.sendRequest(method, { textDocument: { uri }, ...params });
    const type = () => edit(server, uri, 2, { start: at(1, 0), end: at(1, 0) }, "; typed");
    const [stale] = await atOnce(() => [ask(), type()]);
    await expect(stale).rejects.toMatchObject({ code: LSPErrorCodes.ContentModified });
    expect(await ask()).toBeDefined();
  },
);

test("a request that is cancelled at once is not answered", async () => {
  server = await startServer("stdio", PULLING);
  await open(server, uri, TEXT);
  const source = new CancellationTokenSource();
  const asked = server.connection.sendRequest(
    DocumentSymbolRequest.type,
    { textDocument: { uri } },
    source.token,
  );
  source.cancel();
  await expect(asked).rejects.toMatchObject({ code: LSPErrorCodes.RequestCancelled });
});

test("completion goes on while its word is typed on, and is refused once the text before it is another", async () => {
  server = await startServer("stdio", PULLING);
  await open(server, uri, TEXT);
  const params = { textDocument: { uri }, position: at(4, 4) };
  const ask = () => server.connection.sendRequest(CompletionRequest.type, params);
  const typeOn = () => edit(server, uri, 2, { start: at(4, 4), end: at(4, 4) }, "s");
  const [offered] = await atOnce(() => [ask(), typeOn()]);
  expect(JSON.stringify(await offered)).toContain('"autostart"');
  const rub = () => edit(server, uri, 3, { start: at(4, 0), end: at(4, 1) }, "");
  const [stale] = await atOnce(() => [ask(), rub()]);
  await expect(stale).rejects.toMatchObject({ code: LSPErrorCodes.ContentModified });
});

test("a request that comes together with one that waits is answered at once", async () => {
  server = await startServer("stdio", PULLING);
  await open(server, uri, TEXT);
  const source = new CancellationTokenSource();
  const hover = { textDocument: { uri }, position: at(3, 2) };
  const [waiting, answered] = await atOnce(() => [
    server.connection.sendRequest(
      WorkspaceDiagnosticRequest.type,
      // About an open document nothing is told here: the answer comes when something has changed.
      { previousResultIds: [{ uri, value: "1" }] },
      source.token,
    ),
    server.connection.sendRequest(HoverRequest.type, hover),
  ]);
  expect(JSON.stringify(await answered)).toContain("**command**");
  source.cancel();
  await expect(waiting).rejects.toMatchObject({ code: LSPErrorCodes.RequestCancelled });
});

test("a long reading lets a hover and a cancellation through, and is shown as progress", async () => {
  server = await startServer("stdio", PULLING);
  const shown: string[] = [];
  server.connection.onRequest(WorkDoneProgressCreateRequest.type, ({ token }) => {
    server.connection.onProgress(WorkDoneProgress.type, token, (value) => {
      shown.push(value.kind === "begin" ? value.title : value.kind);
    });
  });
  await open(server, uri, manyPrograms(MANY));
  const order: string[] = [];
  const source = new CancellationTokenSource();
  const ask = (token?: CancellationTokenSource["token"]) =>
    server.connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri } }, token);
  const whole = ask().then(() => order.push("report"));
  const taken = ask(source.token);
  const position = at(2, 3);
  const hover = await server.connection.sendRequest(HoverRequest.type, { textDocument: { uri }, position });
  order.push("hover");
  source.cancel();
  await expect(taken).rejects.toMatchObject({ code: LSPErrorCodes.RequestCancelled });
  order.push("cancelled");
  expect(JSON.stringify(hover)).toContain("**command**");
  await whole;
  expect(order).toEqual(["hover", "cancelled", "report"]);
  await expect.poll(() => shown).toEqual(["Reading configurations", "end"]);
});

test("a report on a large workspace lets a hover through, and can be cancelled", async () => {
  for (const name of ["a", "b", "c", "d"]) {
    writeFileSync(join(folder, `${name}.supervisord.conf`), manyPrograms(MANY / 4));
  }
  const workspaceFolders = [{ uri: pathToFileURL(folder).href, name: "w" }];
  server = await startServer("stdio", PULLING, { workspaceFolders });
  await open(server, uri, TEXT);
  const source = new CancellationTokenSource();
  const asked = server.connection.sendRequest(
    WorkspaceDiagnosticRequest.type,
    { previousResultIds: [] },
    source.token,
  );
  const position = at(3, 2);
  const hover = await server.connection.sendRequest(HoverRequest.type, { textDocument: { uri }, position });
  expect(JSON.stringify(hover)).toContain("**command**");
  source.cancel();
  await expect(asked).rejects.toMatchObject({ code: LSPErrorCodes.RequestCancelled });
});

function at(line: number, character: number) {
  return { line, character };
}

function whole() {
  return { start: at(0, 0), end: at(5, 0) };
}
