import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  type ClientCapabilities,
  ConfigurationRequest,
  DiagnosticRefreshRequest,
  DidChangeWatchedFilesNotification,
  type DocumentDiagnosticReport,
  DocumentDiagnosticRequest,
  type WorkspaceDiagnosticReport,
  WorkspaceDiagnosticRequest,
} from "vscode-languageserver/node";
import { edit, open, type Server, startServer, stopServer } from "./server.ts";

const PULLING: ClientCapabilities = { textDocument: { diagnostic: {} } };
const START = { line: 0, character: 0 };

let server: Server;
let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "supervisord-diagnosing-")));
});

afterEach(async () => {
  expect(await stopServer(server)).toBe(0);
  rmSync(folder, { recursive: true });
});

function write(name: string, text: string): string {
  mkdirSync(join(folder, name, ".."), { recursive: true });
  writeFileSync(join(folder, name), text);
  return pathToFileURL(join(folder, name)).href;
}

function start(capabilities: ClientCapabilities): Promise<Server> {
  const workspaceFolders = [{ uri: pathToFileURL(folder).href, name: "work" }];
  return startServer("stdio", capabilities, { workspaceFolders });
}

function pull(uri: string, previousResultId?: string): Promise<DocumentDiagnosticReport> {
  const params = { textDocument: { uri } };
  const all = previousResultId === undefined ? params : { ...params, previousResultId };
  return server.connection.sendRequest(DocumentDiagnosticRequest.type, all);
}

function codes(report: DocumentDiagnosticReport): unknown[] {
  return report.kind === "full" ? report.items.map(({ code }) => code) : [report.kind];
}

describe("a client that asks about a document", () => {
  test("is answered that nothing is new after a key that changes no diagnostic", async () => {
    const text = "[supervisord]\n[program:a]\ncommand=/bin/cat\nautostart=mayb\n";
    const uri = write("supervisord.conf", text);
    server = await start(PULLING);
    await open(server, uri, text);
    const first = await pull(uri);
    expect(codes(first)).toEqual(["value.boolean"]);
    const end = { line: 2, character: 16 };
    await edit(server, uri, 2, { start: end, end }, " -u");
    expect(await pull(uri, first.resultId)).toEqual({ kind: "unchanged", resultId: first.resultId });
    await edit(server, uri, 3, { start: START, end: START }, "\n");
    expect(codes(await pull(uri, first.resultId))).toEqual(["value.boolean"]);
  });

  test("gets at once what the text tells, and what the machine knows when it asks again", async () => {
    const text = `[supervisord]\n[program:a]\ncommand=/bin/cat\ndirectory=${folder}/none\n`;
    const uri = write("supervisord.conf", text);
    server = await start(PULLING);
    await open(server, uri, text);
    expect(codes(await pull(uri))).toEqual([]);
    expect(codes(await pull(uri))).toEqual(["directory.missing"]);
  });

  test("is asked to ask again when the machine has answered, and when a file has changed", async () => {
    const text = `[supervisord]\n[include]\nfiles=*.ini\n[program:a]\ncommand=/bin/cat\ndirectory=${folder}/none\n`;
    const uri = write("supervisord.conf", text);
    server = await start({ ...PULLING, workspace: { diagnostics: { refreshSupport: true } } });
    let refreshed = Promise.withResolvers<void>();
    server.connection.onRequest(DiagnosticRefreshRequest.type, () => refreshed.resolve());
    await open(server, uri, text);
    await pull(uri);
    await refreshed.promise;
    expect(codes(await pull(uri))).toEqual(["include.no-match", "directory.missing"]);
    refreshed = Promise.withResolvers();
    const part = write("b.ini", "[program:b]\ncommand=b\n");
    await server.connection.sendNotification(DidChangeWatchedFilesNotification.type, {
      changes: [{ uri: part, type: 1 }],
    });
    await refreshed.promise;
    expect(codes(await pull(uri))).not.toContain("include.no-match");
  });
});

describe("a client that asks about the workspace", () => {
  function ask(previous: WorkspaceDiagnosticReport | null): Promise<WorkspaceDiagnosticReport> {
    const previousResultIds = (previous?.items ?? []).map(({ uri, resultId }) => ({
      uri,
      value: resultId ?? "",
    }));
    return server.connection.sendRequest(WorkspaceDiagnosticRequest.type, { previousResultIds });
  }

  function told({ items }: WorkspaceDiagnosticReport): Record<string, unknown[]> {
    return Object.fromEntries(
      items.map((item) => [item.uri.slice(item.uri.lastIndexOf("/") + 1), codes(item)]),
    );
  }

  test("gets the problems of files that are not open, judged as parts of what includes them", async () => {
    write("supervisord.conf", "[supervisord]\n[include]\nfiles=conf.d/*.conf\n[group:g]\nprograms=a\n");
    write("conf.d/a.conf", "[program:a]\ncommand=/bin/cat\nautostart=mayb\n");
    server = await start(PULLING);
    expect(server.initialized.capabilities.diagnosticProvider).toMatchObject({ workspaceDiagnostics: true });
    expect(told(await ask(null))).toEqual({
      "a.conf": ["value.boolean"],
      "supervisord.conf": ["group.renamed"],
    });
  });

  test("gets the byte order mark of a file that is not open, where it moves nothing", async () => {
    write("supervisord.conf", "[supervisord]\n[include]\nfiles=conf.d/*.conf\n");
    const uri = write("conf.d/a.conf", "\ufeff[program:a]\ncommand=/bin/cat\n[program:a]\n");
    server = await start(PULLING);
    const marked = { code: "file.byte-order-mark" };
    const header = { start: START, end: { line: 0, character: "[program:a]".length } };
    const again = { code: "section.duplicate", relatedInformation: [{ location: { uri, range: header } }] };
    const itemsOf = ({ items }: WorkspaceDiagnosticReport) => items.find((item) => item.uri === uri);
    await expect.poll(async () => itemsOf(await ask(null))).toMatchObject({ items: [marked, again] });
  });

  test("waits for an answer until something has changed", async () => {
    const uri = write("supervisord.conf", "[supervisord]\nnodaemon=mayb\n");
    write("etc/supervisord.conf", "[supervisord]\n");
    server = await start(PULLING);
    const first = await ask(null);
    const second = ask(first);
    write("supervisord.conf", "[supervisord]\nnodaemon=true\n");
    await server.connection.sendNotification(DidChangeWatchedFilesNotification.type, {
      changes: [{ uri, type: 2 }],
    });
    const { items } = await second;
    expect(items.find((item) => item.uri === uri)).toMatchObject({ kind: "full", items: [] });
    expect(items.filter(({ kind }) => kind === "unchanged")).toHaveLength(1);
  });
});

test("settings are asked for, each folder of the workspace its own", async () => {
  const uri = write("supervisord.conf", "[supervisord]\nnodaemon=mayb\n");
  const other = pathToFileURL("/elsewhere/supervisord.conf").href;
  server = await start({ ...PULLING, workspace: { configuration: true } });
  const asked = Promise.withResolvers<void>();
  server.connection.onRequest(ConfigurationRequest.type, ({ items }) => {
    asked.resolve();
    return items.map(({ scopeUri }) => {
      const severity = scopeUri === undefined ? {} : { "value.boolean": "hint" };
      return { diagnostics: { severity } };
    });
  });
  await server.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
  await asked.promise;
  await open(server, uri, "[supervisord]\nnodaemon=mayb\n");
  await open(server, other, "[supervisord]\nnodaemon=mayb\n");
  const severities = async (of: string) => {
    const report = await pull(of);
    return report.kind === "full" ? report.items.map(({ severity }) => severity) : [];
  };
  expect(await severities(other)).toEqual([1]);
  expect(await severities(uri)).toEqual([4]);
});
