import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  CallHierarchyIncomingCallsRequest,
  CallHierarchyOutgoingCallsRequest,
  CallHierarchyPrepareRequest,
  DefinitionRequest,
  DidChangeWorkspaceFoldersNotification,
  DocumentHighlightRequest,
  DocumentLinkRequest,
  DocumentLinkResolveRequest,
  LinkedEditingRangeRequest,
  type Location,
  PrepareRenameRequest,
  ReferencesRequest,
  RenameRequest,
  SelectionRangeRequest,
  WorkspaceSymbolRequest,
} from "vscode-languageserver/node";
import { LIVE_SERVERS, type LiveProcess, type LiveServers } from "../../language-server/requests.ts";
import { open, type Server, startServer, stopServer } from "./server.ts";

const MAIN = "[supervisord]\n[include]\nfiles=conf.d/*.conf\n[program:web]\ncommand=sleep 1\n";
const PART = "[group:g]\nprograms=web\n";

let server: Server;
let folder: string;
let main: string;
let part: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "supervisord-navigation-"));
  mkdirSync(join(folder, "conf.d"));
  const paths = [join(folder, "supervisord.conf"), join(folder, "conf.d/g.conf")] as const;
  writeFileSync(paths[0], MAIN);
  writeFileSync(paths[1], PART);
  [main, part] = [pathToFileURL(paths[0]).href, pathToFileURL(paths[1]).href];
  const workspaceFolders = [{ uri: pathToFileURL(folder).href, name: "w" }];
  server = await startServer("stdio", { textDocument: { diagnostic: {} } }, { workspaceFolders });
  await open(server, main, MAIN);
});

afterEach(async () => {
  expect(await stopServer(server)).toBe(0);
  rmSync(folder, { recursive: true });
});

const HEADER = { line: 3, character: 10 };

function shown(locations: unknown): string[] {
  return (Array.isArray(locations) ? locations : []).map(
    ({ uri, range }: Location) => `${uri.slice(uri.lastIndexOf("/") + 1)}:${range.start.line}`,
  );
}

test("a member of a group in an included file leads to its section, an include to its file", async () => {
  await open(server, part, PART);
  const asked = { textDocument: { uri: part }, position: { line: 1, character: 10 } };
  expect(shown(await server.connection.sendRequest(DefinitionRequest.type, asked))).toEqual([
    "supervisord.conf:3",
  ]);
  const include = { textDocument: { uri: main }, position: { line: 2, character: 8 } };
  expect(shown(await server.connection.sendRequest(DefinitionRequest.type, include))).toEqual(["g.conf:0"]);
});

test("references are found in an included file that is not open", async () => {
  const asked = { textDocument: { uri: main }, position: HEADER, context: { includeDeclaration: false } };
  expect(shown(await server.connection.sendRequest(ReferencesRequest.type, asked))).toEqual(["g.conf:1"]);
  const highlights = await server.connection.sendRequest(DocumentHighlightRequest.type, asked);
  expect(highlights).toHaveLength(1);
  expect(await server.connection.sendRequest(LinkedEditingRangeRequest.type, asked)).toBeNull();
});

test("a rename edits both files, and a name that would be refused is explained", async () => {
  const asked = { textDocument: { uri: main }, position: HEADER };
  const prepared = await server.connection.sendRequest(PrepareRenameRequest.type, asked);
  expect(prepared).toMatchObject({ placeholder: "web" });
  const edit = await server.connection.sendRequest(RenameRequest.type, { ...asked, newName: "api" });
  expect(Object.keys(edit?.changes ?? {}).sort()).toEqual([part, main].sort());
  const refused = server.connection.sendRequest(RenameRequest.type, { ...asked, newName: "a b" });
  await expect(refused).rejects.toThrow("Supervisor refuses the name a b");
});

test("what a group in a file that is not open holds is found from its program", async () => {
  const asked = { textDocument: { uri: main }, position: HEADER };
  const [web] = (await server.connection.sendRequest(CallHierarchyPrepareRequest.type, asked)) ?? [];
  if (web === undefined) throw new Error("the program is not found");
  const incoming = await server.connection.sendRequest(CallHierarchyIncomingCallsRequest.type, { item: web });
  const [group] = (incoming ?? []).map(({ from }) => from);
  expect(group).toMatchObject({ name: "group:g", uri: part });
  if (group === undefined) return;
  const outgoing = await server.connection.sendRequest(CallHierarchyOutgoingCallsRequest.type, {
    item: group,
  });
  expect(outgoing?.map(({ to }) => to)).toEqual([web]);
});

test("a user leads to its line in the machine's list", async () => {
  await open(server, part, "[program:a]\ncommand=sh\nuser=root\n");
  const asked = { textDocument: { uri: part }, position: { line: 2, character: 7 } };
  const line = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .findIndex((one) => one.startsWith("root:"));
  expect(shown(await server.connection.sendRequest(DefinitionRequest.type, asked))).toEqual([
    `passwd:${line}`,
  ]);
});

test("a program that runs under another supervisor of the same file keeps its name until it is stopped", async () => {
  const other = join(folder, "other.conf");
  writeFileSync(other, "[supervisord]\n[include]\nfiles=conf.d/*.conf\n");
  writeFileSync(join(folder, "conf.d/job.conf"), "[program:job]\ncommand=sleep 1\n");
  const uri = pathToFileURL(join(folder, "conf.d/job.conf")).href;
  await open(server, uri, "[program:job]\ncommand=sleep 1\n");
  const tell = (pid: number | null) => {
    const process: LiveProcess = { group: "job", name: "job", id: "1", state: "RUNNING", pid, acts: [] };
    const told: LiveServers = { servers: [{ configFile: other, processes: [process] }] };
    return server.connection.sendNotification(LIVE_SERVERS, told);
  };
  const asked = { textDocument: { uri }, position: { line: 0, character: 10 } };
  await tell(12);
  const refused = `job runs under the supervisor of ${other}, which reads this file too`;
  await expect(server.connection.sendRequest(PrepareRenameRequest.type, asked)).rejects.toThrow(refused);
  await expect(
    server.connection.sendRequest(RenameRequest.type, { ...asked, newName: "work" }),
  ).rejects.toThrow(refused);
  await tell(null);
  expect(await server.connection.sendRequest(PrepareRenameRequest.type, asked)).toMatchObject({
    placeholder: "job",
  });
});

test("sections of files that are not open are among the symbols of the workspace", async () => {
  const symbols = await server.connection.sendRequest(WorkspaceSymbolRequest.type, { query: "g" });
  expect(symbols?.map(({ name }) => name)).toContain("group:g");
});

test("sections of configurations that nobody opened are found in the folders of the workspace", async () => {
  mkdirSync(join(folder, "docker/supervisor"), { recursive: true });
  mkdirSync(join(folder, "node_modules"));
  writeFileSync(join(folder, "docker/supervisor/other.conf"), "[program:unopened]\ncommand=a\n");
  writeFileSync(join(folder, "node_modules/supervisord.conf"), "[program:unopened]\ncommand=a\n");
  const ask = { query: "unopened" };
  const symbols = async (): Promise<string[]> => {
    const found = (await server.connection.sendRequest(WorkspaceSymbolRequest.type, ask)) ?? [];
    return shown(found.map(({ location }) => location));
  };
  expect(await symbols()).toEqual(["other.conf:0"]);
  const event = { added: [], removed: [{ uri: pathToFileURL(folder).href, name: "w" }] };
  await server.connection.sendNotification(DidChangeWorkspaceFoldersNotification.type, { event });
  expect(await symbols()).toEqual([]);
});

test("a program is found in the tasks beside its configuration", async () => {
  mkdirSync(join(folder, ".vscode"));
  const tasks = `{ "tasks": [{ "command": "supervisorctl", "args": ["restart", "web"] }] }`;
  writeFileSync(join(folder, ".vscode/tasks.json"), tasks);
  const asked = { textDocument: { uri: main }, position: HEADER, context: { includeDeclaration: false } };
  const found = await server.connection.sendRequest(ReferencesRequest.type, asked);
  expect(shown(found)).toEqual(["g.conf:1", "tasks.json:0"]);
});

test("a link gets its target late, and only where its file is there", async () => {
  const text = `[program:a]\ncommand=/bin/true conf.d/g.conf\nstdout_logfile=none.log\n`;
  const uri = pathToFileURL(join(folder, "other.conf")).href;
  await open(server, uri, text);
  const links = await server.connection.sendRequest(DocumentLinkRequest.type, { textDocument: { uri } });
  const targets = (links ?? []).map(async (link) => {
    const { target } = await server.connection.sendRequest(DocumentLinkResolveRequest.type, link);
    return target;
  });
  expect((links ?? []).map(({ target }) => target)).toEqual([undefined, undefined, undefined]);
  expect(await Promise.all(targets)).toEqual(["file:///bin/true", part, undefined]);
});

test("a selection grows", async () => {
  const asked = { textDocument: { uri: main }, positions: [HEADER] };
  const [selection] = (await server.connection.sendRequest(SelectionRangeRequest.type, asked)) ?? [];
  expect(selection?.parent?.range.start.character).toBeLessThan(selection?.range.start.character ?? 0);
});
