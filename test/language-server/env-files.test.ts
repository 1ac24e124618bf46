import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  CompletionRequest,
  DefinitionRequest,
  DidChangeWatchedFilesNotification,
  HoverRequest,
} from "vscode-languageserver/node";
import { open, type Server, startServer, stopServer } from "./server.ts";

const TEXT = "[supervisord]\n[program:a]\ncommand=sh\nenv_files=app.env ap\n";

let server: Server;
let folder: string;
let uri: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "supervisord-env-files-"));
  uri = pathToFileURL(join(folder, "supervisord.conf")).href;
  server = await startServer("stdio", {});
});

afterEach(async () => {
  expect(await stopServer(server)).toBe(0);
  rmSync(folder, { recursive: true });
});

test("files of variables are explained, completed, led to and judged as they are on disk", async () => {
  const path = join(folder, "app.env");
  writeFileSync(path, "A=1\nnonsense\n");
  await open(server, uri, TEXT);
  const last = () => server.pushed.at(-1)?.diagnostics.map(({ code }) => code) ?? [];
  await expect.poll(last).toEqual(["envfile.line", "envfile.missing"]);
  const at = (character: number) => ({ textDocument: { uri }, position: { line: 3, character } });
  expect(JSON.stringify(await server.connection.sendRequest(HoverRequest.type, at(3)))).toContain(
    "**env_files**",
  );
  const list = await server.connection.sendRequest(CompletionRequest.type, at(20));
  const items = Array.isArray(list) ? list : (list?.items ?? []);
  expect(items.map(({ label }) => label)).toContain("app.env");
  expect(await server.connection.sendRequest(DefinitionRequest.type, at(12))).toMatchObject([
    { uri: pathToFileURL(path).href },
  ]);
  writeFileSync(path, "A=1\n");
  const changes = [{ uri: pathToFileURL(path).href, type: 2 as const }];
  await server.connection.sendNotification(DidChangeWatchedFilesNotification.type, { changes });
  await expect.poll(last).toEqual(["envfile.missing"]);
});
