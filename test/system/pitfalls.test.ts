import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  CodeAction,
  CodeActionRequest,
  type Diagnostic,
  DocumentDiagnosticRequest,
  type TextEdit,
} from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { RealSupervisor } from "../conformance/real-supervisor.ts";
import { FIXED_ENVIRONMENT } from "../conformance/stage.ts";
import { close, edit, open, type Server, startServer, stopServer } from "../language-server/server.ts";
import { PITFALLS, type Pitfall } from "./pitfall-table.ts";

let server: Server;
let supervisor: RealSupervisor;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "pitfalls-"));
  supervisor = new RealSupervisor(folder);
  server = await startServer("stdio", { textDocument: { diagnostic: {} } }, { env: FIXED_ENVIRONMENT });
});

afterAll(async () => {
  expect(await stopServer(server)).toBe(0);
  supervisor[Symbol.dispose]();
  rmSync(folder, { recursive: true });
});

describe.each(PITFALLS.map((faces, index) => ({ number: index + 1, faces })))(
  "pitfall $number",
  ({ faces }) => {
    test.each(faces)(
      "$about is told while it is typed, turned off by a comment, and fixed as Supervisor takes it",
      async (pitfall) => {
        const file = join(folder, "supervisord.conf");
        const uri = pathToFileURL(file).href;
        await type(uri, pitfall.wrong);
        const diagnostic = await told(uri, pitfall.code);
        const fixed = await textAfter(uri, pitfall, diagnostic, isFix);
        const ignored = await textAfter(uri, pitfall, diagnostic, ({ title }) =>
          /^Ignore .* on this line$/.test(title),
        );
        await close(server, uri);
        writeFileSync(file, fixed);
        const read = await supervisor.read(file, folder);
        expect(read).toMatchObject({ ok: true, error: null });
        expect({ ...Object(read), ...firstProcess(read) }).toMatchObject(pitfall.right);
        for (const text of [fixed, ignored]) {
          await open(server, uri, text);
          const codes = (await diagnosticsOf(uri)).map(({ code }) => code);
          await close(server, uri);
          expect(codes, text).not.toContain(pitfall.code);
        }
      },
    );
  },
);

test("there are forty of them", () => {
  expect(PITFALLS).toHaveLength(40);
});

/** Opens an empty document and puts in one character after the other. */
async function type(uri: string, text: string): Promise<void> {
  await open(server, uri, "");
  const typed = TextDocument.create(uri, "", 1, text);
  for (let at = 0; at < text.length; at++) {
    const position = typed.positionAt(at);
    await edit(server, uri, at + 2, { start: position, end: position }, text.charAt(at));
  }
}

/** The diagnostic with that code, which may need an answer of the machine first. */
async function told(uri: string, code: string): Promise<Diagnostic> {
  let found: Diagnostic | undefined;
  await expect
    .poll(
      async () => {
        found = (await diagnosticsOf(uri)).find((one) => one.code === code);
        return found;
      },
      { timeout: 10_000 },
    )
    .toBeDefined();
  if (found === undefined) throw new Error(`cannot find ${code}`);
  return found;
}

async function diagnosticsOf(uri: string): Promise<readonly Diagnostic[]> {
  const report = await server.connection.sendRequest(DocumentDiagnosticRequest.type, {
    textDocument: { uri },
  });
  return report.kind === "full" ? report.items : [];
}

/** The text after the first action for a diagnostic that is such a one. */
async function textAfter(
  uri: string,
  { wrong }: Pitfall,
  diagnostic: Diagnostic,
  isMeant: (action: CodeAction) => boolean,
): Promise<string> {
  const context = { diagnostics: [diagnostic], only: ["quickfix"] };
  const params = { textDocument: { uri }, range: diagnostic.range, context };
  const actions = (await server.connection.sendRequest(CodeActionRequest.type, params)) ?? [];
  const fix = actions
    .filter(CodeAction.is)
    .find((action) => action.diagnostics?.[0]?.code === diagnostic.code && isMeant(action));
  const edits: TextEdit[] | undefined = fix?.edit?.changes?.[uri];
  if (edits === undefined) throw new Error(`cannot fix ${diagnostic.message}: no quick fix`);
  return TextDocument.applyEdits(TextDocument.create(uri, "", 1, wrong), edits);
}

/** Not a comment that turns the problem off, nor the folder that this machine lacks. */
function isFix({ isPreferred, edit }: CodeAction): boolean {
  return isPreferred !== undefined && edit !== undefined;
}

function firstProcess(read: unknown): object {
  const groups: unknown = Reflect.get(Object(read), "groups");
  const process: unknown = Array.isArray(groups) ? groups[0]?.processes?.[0] : undefined;
  return Object(process);
}
