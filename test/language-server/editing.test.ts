import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  CodeAction,
  CodeActionRequest,
  type Diagnostic,
  DocumentDiagnosticRequest,
  DocumentFormattingRequest,
  DocumentOnTypeFormattingRequest,
  DocumentRangeFormattingRequest,
  InlayHintRequest,
  type Range,
  type TextEdit,
} from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { open, type Server, startServer, stopServer } from "./server.ts";

const CLIENT = {
  textDocument: { diagnostic: {} },
  workspace: { workspaceEdit: { resourceOperations: ["create" as const, "delete" as const] } },
};
const OPTIONS = { tabSize: 4, insertSpaces: true };

let server: Server;
let folder: string;
let uri: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "supervisord-editing-"));
  uri = pathToFileURL(join(folder, "supervisord.conf")).href;
  server = await startServer("stdio", CLIENT);
});

afterEach(async () => {
  expect(await stopServer(server)).toBe(0);
  rmSync(folder, { recursive: true });
});

function edited(text: string, edits: readonly TextEdit[] | null): string {
  return TextDocument.applyEdits(TextDocument.create(uri, "conf", 1, text), [...(edits ?? [])]);
}

async function choose(settings: unknown): Promise<void> {
  await server.connection.sendNotification("workspace/didChangeConfiguration", {
    settings: { supervisord: settings },
  });
}

async function actionsIn(range: Range, only?: string): Promise<CodeAction[]> {
  const report = await server.connection.sendRequest(DocumentDiagnosticRequest.type, {
    textDocument: { uri },
  });
  const all: Diagnostic[] = report.kind === "full" ? report.items : [];
  const diagnostics = all.filter((one) => one.range.start.line === range.start.line);
  const context = only === undefined ? { diagnostics } : { diagnostics, only: [only] };
  const answer = await server.connection.sendRequest(CodeActionRequest.type, {
    textDocument: { uri },
    range,
    context,
  });
  return (answer ?? []).filter(CodeAction.is);
}

function lineRange(line: number): Range {
  return { start: { line, character: 1 }, end: { line, character: 1 } };
}

test("a document, some lines, and the line before a new one are put in shape", async () => {
  const text = "[supervisord]\nnodaemon = true \n[program:a]\ncommand =/bin/cat\n\n";
  await open(server, uri, text);
  const asked = { textDocument: { uri }, options: OPTIONS };
  const whole = await server.connection.sendRequest(DocumentFormattingRequest.type, asked);
  expect(edited(text, whole)).toBe("[supervisord]\nnodaemon = true\n\n[program:a]\ncommand = /bin/cat\n");
  const range = { start: { line: 1, character: 0 }, end: { line: 2, character: 0 } };
  const some = await server.connection.sendRequest(DocumentRangeFormattingRequest.type, { ...asked, range });
  expect(edited(text, some)).toBe(text.replace("true ", "true"));
  const typed = { ...asked, position: { line: 4, character: 0 }, ch: "\n" };
  const before = await server.connection.sendRequest(DocumentOnTypeFormattingRequest.type, typed);
  expect(edited(text, before)).toBe(text.replace("=/bin", "= /bin"));
});

test("the spaces around the sign follow the settings", async () => {
  await open(server, uri, "[supervisord]\nnodaemon = true\n");
  await choose({ format: { spacesAroundEquals: "never" } });
  const asked = { textDocument: { uri }, options: OPTIONS };
  const edits = await server.connection.sendRequest(DocumentFormattingRequest.type, asked);
  expect(edited("[supervisord]\nnodaemon = true\n", edits)).toBe("[supervisord]\nnodaemon=true\n");
});

test("all sure fixes are one action, which is offered only when asked for", async () => {
  const text = "[supervisord]\nnodaemon=ture\n[program:a]\ncomand=/bin/cat\n";
  await open(server, uri, text);
  const [action, ...others] = await actionsIn(lineRange(1), "source.fixAll");
  expect(others).toEqual([]);
  expect(edited(text, action?.edit?.changes?.[uri] ?? [])).toBe(
    "[supervisord]\nnodaemon=true\n[program:a]\ncommand=/bin/cat\n",
  );
  const usual = await actionsIn(lineRange(1));
  expect(usual.filter(({ kind }) => kind?.startsWith("source"))).toEqual([]);
});

test("a problem that is turned off by its comment is told no more", async () => {
  const text = "[supervisord]\nnodaemon=maybe\n";
  await open(server, uri, text);
  const actions = await actionsIn(lineRange(1), "quickfix");
  const ignore = actions.find(({ title }) => title.startsWith("Ignore value.boolean on"));
  const after = edited(text, ignore?.edit?.changes?.[uri] ?? []);
  const other = uri.replace("supervisord.conf", "other.conf");
  await open(server, other, after);
  const asked = { textDocument: { uri: other } };
  const report = await server.connection.sendRequest(DocumentDiagnosticRequest.type, asked);
  expect(report.kind === "full" && report.items.map(({ code }) => code)).toEqual([]);
});

test("a program moves to a file that an edit creates, unless there is one", async () => {
  const text = "[supervisord]\n\n[program:a]\ncommand=/bin/cat\n\n[include]\nfiles=*.ini\n";
  await open(server, uri, text);
  const moves = async () =>
    (await actionsIn(lineRange(2), "refactor.extract")).map(({ edit }) => edit?.documentChanges?.[0]);
  expect(await moves()).toEqual([{ kind: "create", uri: uri.replace("supervisord.conf", "a.ini") }]);
  writeFileSync(join(folder, "a.ini"), "");
  expect(await moves()).toEqual([]);
});

test("options are sorted when asked for", async () => {
  const text = "[supervisord]\n[program:a]\nuser=root\ncommand=/bin/cat\n";
  await open(server, uri, text);
  const [action] = await actionsIn(lineRange(0), "source.sortOptions");
  expect(edited(text, action?.edit?.changes?.[uri] ?? [])).toBe(
    "[supervisord]\n[program:a]\ncommand=/bin/cat\nuser=root\n",
  );
});

test("hints follow the settings", async () => {
  await open(server, uri, "[supervisord]\n[program:a]\ncommand=/bin/cat\nstopwaitsecs=90\n");
  const range = { start: { line: 0, character: 0 }, end: { line: 4, character: 0 } };
  const labels = async () => {
    const hints = await server.connection.sendRequest(InlayHintRequest.type, {
      textDocument: { uri },
      range,
    });
    return (hints ?? []).map(({ label }) => label);
  };
  expect(await labels()).toEqual(["= 1 min 30 s"]);
  await choose({ inlayHints: { units: false } });
  expect(await labels()).toEqual([]);
});
