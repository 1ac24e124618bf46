import { spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  CodeAction,
  CodeActionRequest,
  CompletionRequest,
  CompletionResolveRequest,
  type Diagnostic,
  DidChangeConfigurationNotification,
  DidSaveTextDocumentNotification,
  DocumentDiagnosticRequest,
  DocumentSymbolRequest,
  ExecuteCommandRequest,
  FoldingRangeRequest,
  HoverRequest,
  ShutdownRequest,
} from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { ENVIRONMENT } from "../../language-server/requests.ts";
import { close, edit, open, type Server, startServer, stopServer } from "./server.ts";

const CUT = "[supervisord]\n\n[program:a]\ncommand=bash -c 'a ; b'\n";
const PULLING = { textDocument: { diagnostic: {} } };

let server: Server;
let folder: string;
let uri: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "supervisord-conf-"));
  uri = pathToFileURL(join(folder, "supervisord.conf")).href;
});

afterEach(async () => {
  expect(await stopServer(server)).toBe(0);
  rmSync(folder, { recursive: true });
});

async function pull(): Promise<Diagnostic[]> {
  const report = await server.connection.sendRequest(DocumentDiagnosticRequest.type, {
    textDocument: { uri },
  });
  if (report.kind !== "full") throw new Error(`cannot read a report of kind ${report.kind}`);
  return report.items;
}

/** Line, first and last character of what is tagged as unnecessary. */
function greyed(diagnostics: readonly Diagnostic[]): (number | undefined)[][] {
  return diagnostics
    .filter((one) => one.tags?.includes(1))
    .map(({ range }) => [range.start.line, range.start.character, range.end.character]);
}

test("a client that cannot ask is told of a cut command, the lost text greyed", async () => {
  server = await startServer("stdio", {});
  await open(server, uri, CUT);
  const { diagnostics, version } = await server.pushedFor(uri, 1);
  expect(version).toBe(1);
  expect(diagnostics.every((one) => one.source === "supervisord")).toBe(true);
  expect(greyed(diagnostics)).toEqual([[3, 19, 23]]);
});

test("a client that can ask is told the same, and nothing unasked", async () => {
  server = await startServer("stdio", PULLING);
  expect(server.initialized.capabilities.diagnosticProvider).toMatchObject({ interFileDependencies: true });
  await open(server, uri, CUT);
  expect(greyed(await pull())).toEqual([[3, 19, 23]]);
  expect(server.pushed).toEqual([]);
});

test("the server speaks over the channel of a Node parent", async () => {
  server = await startServer("ipc", PULLING);
  await open(server, uri, CUT);
  expect(greyed(await pull())).toEqual([[3, 19, 23]]);
});

test("edits of ranges are followed, and each version is judged as it stands", async () => {
  server = await startServer("stdio", PULLING);
  await open(server, uri, "[supervisord]\nnodaemon=true\n");
  expect(await pull()).toEqual([]);
  const end = { line: 1, character: 13 };
  await edit(server, uri, 2, { start: end, end }, "q");
  expect((await pull()).map((one) => one.code)).toEqual(["value.boolean"]);
  await edit(server, uri, 3, { start: end, end: { line: 1, character: 14 } }, "");
  expect(await pull()).toEqual([]);
});

test("a burst of edits ends in diagnostics of the last version", async () => {
  server = await startServer("stdio", {});
  await open(server, uri, "[supervisord]\nnodaemon=true\n");
  const end = { line: 1, character: 13 };
  for (let version = 2; version <= 21; version++) await edit(server, uri, version, { start: end, end }, "q");
  const { diagnostics } = await server.pushedFor(uri, 21);
  expect(diagnostics.map((one) => one.range.end.character)).toEqual([33]);
});

test("a report that has not changed is not sent again", async () => {
  server = await startServer("stdio", PULLING);
  await open(server, uri, CUT);
  const textDocument = { uri };
  const ask = DocumentDiagnosticRequest.type;
  const { resultId } = await server.connection.sendRequest(ask, { textDocument });
  expect(resultId).toBeDefined();
  const again = await server.connection.sendRequest(ask, { textDocument, previousResultId: resultId ?? "" });
  expect(again.kind).toBe("unchanged");
});

test("problems of an included file on disk are told in that file once it is open", async () => {
  mkdirSync(join(folder, "conf.d"));
  writeFileSync(join(folder, "supervisord.conf"), "[supervisord]\n[include]\nfiles=conf.d/*.conf\n");
  const part = join(folder, "conf.d", "web.conf");
  writeFileSync(part, "[group:g]\nprograms=none\n");
  uri = pathToFileURL(part).href;
  server = await startServer("stdio", PULLING);
  await open(server, uri, "[group:g]\nprograms=none\n");
  expect((await pull()).map((one) => one.code)).toEqual(["group.unknown-program"]);
});

test("the release of Supervisor that the settings name decides how a document is read", async () => {
  server = await startServer("stdio", PULLING);
  const text = `[supervisord]\n[program:a]\ncommand=/bin/sleep 1\nstopasgroup=true\nenvironment=A=c:\\d\n`;
  await open(server, uri, text);
  const refused = async () => (await pull()).filter(({ severity }) => severity === 1).length;
  const before = await refused();
  await server.connection.sendNotification("workspace/didChangeConfiguration", {
    settings: { supervisord: { dialect: "4.4" } },
  });
  expect({ before: before > 0, after: await refused() }).toEqual({ before: true, after: 0 });
});

test("closing a document takes back what was said, and it is no longer answered for", async () => {
  server = await startServer("stdio", {});
  await open(server, uri, CUT);
  await server.pushedFor(uri, 1);
  await close(server, uri);
  const position = { line: 3, character: 2 };
  expect(
    await server.connection.sendRequest(HoverRequest.type, { textDocument: { uri }, position }),
  ).toBeNull();
  expect(server.pushed.at(-1)).toEqual({ uri, diagnostics: [] });
  const symbols = { textDocument: { uri } };
  expect(await server.connection.sendRequest(DocumentSymbolRequest.type, symbols)).toEqual([]);
  const inside = {
    textDocument: { uri },
    range: { start: position, end: position },
    context: { diagnostics: [] },
  };
  expect(await server.connection.sendRequest(CodeActionRequest.type, inside)).toEqual([]);
});

test("completion, its explanation, hover, outline and folding are answered", async () => {
  server = await startServer("stdio", PULLING);
  await open(server, uri, "[supervisord]\n[program:a]\ncommand=a\nauto\n");
  const textDocument = { uri };
  const position = { line: 3, character: 4 };
  const list = await server.connection.sendRequest(CompletionRequest.type, { textDocument, position });
  const items = Array.isArray(list) ? list : (list?.items ?? []);
  const item = items.find(({ label }) => label === "autostart");
  const resolved = await server.connection.sendRequest(CompletionResolveRequest.type, item ?? { label: "" });
  expect(JSON.stringify(resolved.documentation)).toContain("autostart");
  const hover = { textDocument, position: { line: 2, character: 1 } };
  expect(JSON.stringify(await server.connection.sendRequest(HoverRequest.type, hover))).toContain(
    "**command**",
  );
  expect(await server.connection.sendRequest(DocumentSymbolRequest.type, { textDocument })).toHaveLength(2);
  expect(await server.connection.sendRequest(FoldingRangeRequest.type, { textDocument })).toHaveLength(1);
});

test.each([
  { options: { suggestCommand: "editor.suggest" }, leads: ["directory", "sub/"] },
  { options: {}, leads: [] },
])("what leads on to more asks for it by the client's own command: $options", async ({ options, leads }) => {
  mkdirSync(join(folder, "sub"));
  server = await startServer("stdio", PULLING, { initializationOptions: options });
  const text = `[supervisord]\n[program:a]\ncommand=${folder}/\ndir\n`;
  await open(server, uri, text);
  const at = async (line: number, character: number) => {
    const params = { textDocument: { uri }, position: { line, character } };
    const items = await server.connection.sendRequest(CompletionRequest.type, params);
    return Array.isArray(items) ? items : (items?.items ?? []);
  };
  const items = [...(await at(3, 3)), ...(await at(2, `command=${folder}/`.length))];
  const leading = items.filter(({ command }) => command?.command === "editor.suggest");
  expect(items.map(({ label }) => label)).toEqual(expect.arrayContaining(["directory", "sub/"]));
  expect(leading.map(({ label }) => label)).toEqual(expect.arrayContaining(leads));
  if (leads.length === 0) expect(items.filter(({ command }) => command !== undefined)).toEqual([]);
});

test("the fix of a cut command keeps what would have been lost", async () => {
  server = await startServer("stdio", PULLING);
  await open(server, uri, CUT);
  const diagnostics = await pull();
  const [cut] = diagnostics.filter((one) => one.tags?.includes(1));
  if (cut === undefined) throw new Error("cannot fix the cut: it is not told");
  const params = { textDocument: { uri }, range: cut.range, context: { diagnostics } };
  const actions = await server.connection.sendRequest(CodeActionRequest.type, params);
  const fix = actions?.filter(CodeAction.is).find((action) => action.isPreferred);
  expect(fix?.kind).toBe("quickfix");
  expect(fix?.diagnostics).toEqual([cut]);
  const before = TextDocument.create(uri, "supervisord-conf", 1, CUT);
  const after = TextDocument.applyEdits(before, fix?.edit?.changes?.[uri] ?? []);
  expect(after).toBe(CUT.replace(" ; ", "; "));
  await edit(server, uri, 2, { start: { line: 0, character: 0 }, end: before.positionAt(CUT.length) }, after);
  expect(greyed(await pull())).toEqual([]);
});

test("a document over the limit gets one piece of information, and the server lives on", async () => {
  server = await startServer("stdio", PULLING);
  await open(server, uri, `[supervisord]\n${";".repeat(10_000_000)}`);
  expect((await pull()).map((one) => [one.code, one.severity])).toEqual([["file.too-long", 3]]);
});

test("the command of the package, a link to the bundle, serves an editor that knows little", async () => {
  const folder = mkdtempSync(join(tmpdir(), "supervisord-command-"));
  const program = join(folder, "supervisord-language-server");
  symlinkSync(resolve("dist/language-server/server.cjs"), program);
  server = await startServer("stdio", {}, { program });
  await open(server, uri, "[supervisord]\nnodaemon=mayb\n");
  const { diagnostics } = await server.pushedFor(uri, 1);
  expect(diagnostics).toMatchObject([{ code: "value.boolean", range: { start: { line: 1, character: 9 } } }]);
  expect(diagnostics[0]?.codeDescription?.href).toMatch(/\/language-server\/DIAGNOSTICS\.md#L\d+$/);
  rmSync(folder, { recursive: true });
});

test("the server goes when its editor's streams close", async () => {
  server = await startServer("stdio", {});
  const other = await startServer("stdio", {});
  const exited = once(other.process, "exit");
  other.process.stdin?.end();
  expect(await exited).toEqual([1, null]);
  other.connection.dispose();
});

test("the server goes without a complaint when its editor's streams close after its shutdown", async () => {
  server = await startServer("stdio", {});
  const other = await startServer("stdio", {});
  const exited = once(other.process, "exit");
  await other.connection.sendRequest(ShutdownRequest.type);
  other.process.stdin?.end();
  expect(await exited).toEqual([0, null]);
  other.connection.dispose();
});

test("a start without a way to speak says which there are", async () => {
  server = await startServer("stdio", {});
  const { status, stderr } = spawnSync(process.execPath, ["dist/language-server/server.cjs"], {
    encoding: "utf8",
  });
  expect(status).toBe(2);
  expect(stderr).toContain("--stdio");
});

test("a client in Chinese gets Chinese words, and one in another language English ones", async () => {
  const said: (string | undefined)[] = [];
  for (const locale of ["zh-cn", "zh-TW", "fr"]) {
    server = await startServer("stdio", PULLING, { locale });
    await open(server, uri, CUT);
    const [diagnostic] = await pull();
    said.push(String(diagnostic?.message).split("：")[0]);
    if (locale !== "fr") await stopServer(server);
  }
  expect(said[0]).toBe("从“ ;”开始都是注释，在引号内也是如此");
  expect(said[1]).toMatch(/^Everything from/);
  expect(said[2]).toMatch(/^Everything from/);
});

test("each diagnostic leads to the line of the page that explains its code", async () => {
  server = await startServer("stdio", PULLING);
  await open(server, uri, CUT);
  const [diagnostic] = await pull();
  const [page = "", line] = (diagnostic?.codeDescription?.href ?? "").split("#L");
  const heading = readFileSync(fileURLToPath(page), "utf8").split("\n")[Number(line) - 1];
  expect(heading).toBe("## `comment.in-quotes`");
});

test("a script of package.json is offered, and taken after a letter of it", async () => {
  writeFileSync(join(folder, "package.json"), JSON.stringify({ scripts: { dev: "vite" } }));
  server = await startServer("stdio", PULLING);
  await open(server, uri, "[supervisord]\n[program:a]\ncommand=npm run \n");
  const items = await server.connection.sendRequest(CompletionRequest.type, {
    textDocument: { uri },
    position: { line: 2, character: 16 },
    context: { triggerKind: 2, triggerCharacter: " " },
  });
  expect(items).toMatchObject([{ label: "dev", detail: "vite" }]);
});

test("a missing program is told once the machine has answered, without a request", async () => {
  server = await startServer("stdio", {}, { env: { PATH: "/usr/bin:/bin" } });
  await open(server, uri, "[supervisord]\n[program:a]\ncommand=no-such-program-here\n");
  const codes = () => server.pushed.flatMap(({ diagnostics }) => diagnostics.map(({ code }) => code));
  await expect.poll(codes).toContain("command.not-found");
});

test("a byte order mark that the editor hides is told until the file is saved without it", async () => {
  const file = join(folder, "supervisord.conf");
  const text = "[supervisord]\nnodaemon=true\n";
  writeFileSync(file, `\ufeff${text}`);
  server = await startServer("stdio", {});
  await open(server, uri, text);
  const codes = () => server.pushed.at(-1)?.diagnostics.map(({ code }) => code);
  await expect.poll(codes).toEqual(["file.byte-order-mark"]);
  writeFileSync(file, text);
  await server.connection.sendNotification(DidSaveTextDocumentNotification.type, { textDocument: { uri } });
  await expect.poll(codes).toEqual([]);
});

test("an unknown user is told once the machine has answered, as the refusal that it is", async () => {
  server = await startServer("stdio", {});
  await open(server, uri, "[supervisord]\n[program:a]\ncommand=sh\nuser=no-such-user\n");
  const codes = () => server.pushed.flatMap(({ diagnostics }) => diagnostics.map(({ code }) => code));
  await expect.poll(codes).toContain("value.user");
});

test("settings make problems graver or take them away", async () => {
  server = await startServer("stdio", PULLING);
  const settings = {
    supervisord: { diagnostics: { severity: { comment: "information", "group.renamed": "off" } } },
  };
  await server.connection.sendNotification(DidChangeConfigurationNotification.type, { settings });
  await open(server, uri, `${CUT}[group:g]\nprograms=a\n`);
  expect((await pull()).map(({ code, severity }) => [code, severity])).toEqual([["comment.in-quotes", 3]]);
});

test("variables that only programs get are known once the client has told them", async () => {
  server = await startServer("stdio", PULLING, { env: { PATH: "/usr/bin:/bin" } });
  await open(server, uri, "[supervisord]\n[program:a]\ncommand=%(ENV_ONLY_IN_SHELL)s\n");
  expect((await pull()).map(({ code }) => code)).toEqual(["expansion.unknown"]);
  const environment = { PATH: "/usr/bin:/bin", ONLY_IN_SHELL: "cat" };
  await server.connection.sendNotification(ENVIRONMENT, { environment });
  expect(await pull()).toEqual([]);
});

test("a folder that is missing is made by the fix, and the problem is gone", async () => {
  server = await startServer("stdio", PULLING);
  const log = join(folder, "log/deep/web.log");
  await open(server, uri, `[supervisord]\n[program:a]\ncommand=sh\nstdout_logfile=${log}\n`);
  await expect.poll(async () => (await pull()).map(({ code }) => code)).toEqual(["value.logfile"]);
  const [diagnostic] = await pull();
  if (diagnostic === undefined) throw new Error("the problem is gone by itself");
  const actions = await server.connection.sendRequest(CodeActionRequest.type, {
    textDocument: { uri },
    range: diagnostic.range,
    context: { diagnostics: [diagnostic] },
  });
  const fix = (actions ?? [])
    .filter(CodeAction.is)
    .find(({ title }) => title.startsWith("Create the folder "));
  const { command = "", arguments: given = [] } = fix?.command ?? {};
  await server.connection.sendRequest(ExecuteCommandRequest.type, { command, arguments: given });
  expect(existsSync(join(folder, "log/deep"))).toBe(true);
  await expect.poll(pull).toEqual([]);
});
