import { afterEach, expect, test } from "vitest";
import {
  SemanticTokensDeltaRequest,
  SemanticTokensRangeRequest,
  SemanticTokensRequest,
} from "vscode-languageserver/node";
import { edit, open, type Server, startServer, stopServer } from "./server.ts";

const uri = "file:///w/supervisord.conf";
let server: Server;

afterEach(async () => {
  expect(await stopServer(server)).toBe(0);
});

test("tokens come for a whole document, for a part of it, and after an edit as what has changed", async () => {
  server = await startServer("stdio", {});
  const { legend } = server.initialized.capabilities.semanticTokensProvider ?? {};
  const textDocument = { uri };
  await open(server, uri, "[program:a]\nuser=me ;cut\n");
  const full = await server.connection.sendRequest(SemanticTokensRequest.type, { textDocument });
  const names = (data: readonly number[]) =>
    data.filter((_number, index) => index % 5 === 3).map((type) => legend?.tokenTypes[type]);
  expect(names(full?.data ?? [])).toEqual(["keyword", "class", "property", "string", "comment"]);

  const start = { line: 1, character: 0 };
  const range = { start, end: { line: 1, character: 4 } };
  const part = await server.connection.sendRequest(SemanticTokensRangeRequest.type, { textDocument, range });
  expect(names(part?.data ?? [])).toEqual(["property", "string", "comment"]);

  await edit(server, uri, 2, { start, end: start }, "priority=1\n");
  const previousResultId = full?.resultId ?? "";
  const params = { textDocument, previousResultId };
  const delta = await server.connection.sendRequest(SemanticTokensDeltaRequest.type, params);
  if (delta === null || !("edits" in delta)) throw new Error("the server sent all tokens again");
  const changed = [...(full?.data ?? [])];
  for (const one of delta.edits) changed.splice(one.start, one.deleteCount, ...(one.data ?? []));
  expect(names(changed)).toEqual([
    ...["keyword", "class", "property", "number"],
    ...["property", "string", "comment"],
  ]);
});

test("a delta to what the server does not know is all tokens", async () => {
  server = await startServer("stdio", {});
  const textDocument = { uri };
  await open(server, uri, "[program:a]\n");
  const params = { textDocument, previousResultId: "of another server" };
  const answer = await server.connection.sendRequest(SemanticTokensDeltaRequest.type, params);
  expect(answer).toMatchObject({ data: [0, 1, 7, 0, 0, 0, 8, 1, 1, 1] });
});
