import assert from "node:assert/strict";
import type * as vscode from "vscode";
import { eventually, type Facts, type Host } from "./fact.ts";

/** Facts about the language server through the editor's own commands. */
export const LANGUAGE_FACTS: Facts = {
  "completion offers the options that a program does not have yet": async (host) => {
    const { document, at } = await open(host, "[program:web]\ncommand=true\n¦");
    await eventually(async () => {
      const list = await execute<vscode.CompletionList>(host, "CompletionItem", document.uri, at);
      const labels = list.items.map(({ label }) => (typeof label === "string" ? label : label.label));
      assert.ok(labels.includes("autostart"), labels.join());
      assert.ok(!labels.includes("command"));
    });
  },

  "a hover tells what an option does": async (host) => {
    const { document, at } = await open(host, "[program:web]\ncommand=true\nstart¦secs=3");
    await eventually(async () => {
      const hovers = await execute<vscode.Hover[]>(host, "Hover", document.uri, at);
      const text = hovers.flatMap(({ contents }) => contents.map((one) => Object(one).value)).join();
      assert.match(text, /startsecs/);
    });
  },

  "a name in a group leads to its program": async (host) => {
    const { document, at } = await open(host, "[group:g]\nprograms=w¦eb\n\n[program:web]\ncommand=true\n");
    const found = await execute<(vscode.Location | vscode.LocationLink)[]>(
      host,
      "Definition",
      document.uri,
      at,
    );
    const [first] = found.map((one) => ("range" in one ? one.range : one.targetRange));
    assert.equal(first?.start.line, 3);
  },

  "sections and their options are the symbols of the document": async (host) => {
    const { document } = await open(host, "[program:web]\ncommand=true\n");
    const symbols = await execute<vscode.DocumentSymbol[]>(host, "DocumentSymbol", document.uri);
    assert.match(symbols[0]?.name ?? "", /web/);
    assert.equal(symbols[0]?.children[0]?.name, "command");
  },

  "text that Supervisor cuts off is a problem, with a fix": async (host) => {
    const { vscode } = host;
    const { document } = await open(host, "[program:web]\ncommand=sh -c 'a ; b'\n");
    await eventually(() => {
      const problems = vscode.languages.getDiagnostics(document.uri);
      assert.ok(problems.some(({ message }) => message.includes('Everything from " ;" is a comment')));
    });
    const everywhere = new vscode.Range(1, 0, 1, 20);
    const actions = await execute<vscode.CodeAction[]>(host, "CodeAction", document.uri, everywhere);
    assert.ok(actions.length > 0);
  },

  "the live configuration has lenses, links and folds": async (host) => {
    const { vscode, workspace } = host;
    const uri = vscode.Uri.file(`${workspace}/supervisord.conf`);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document);
    await eventually(async () => {
      const folds = await execute<vscode.FoldingRange[]>(host, "FoldingRange", uri);
      assert.ok(folds.length >= 12, `${folds.length} folds`);
      const links = await execute<vscode.DocumentLink[]>(host, "Link", uri);
      assert.ok(links.length > 0, "links");
    });
  },
};

/** An untitled configuration; `¦` is where the cursor is. */
async function open({ vscode }: Host, marked: string) {
  const content = marked.replace("¦", "");
  const document = await vscode.workspace.openTextDocument({ language: "supervisord-conf", content });
  await vscode.window.showTextDocument(document);
  return { document, at: document.positionAt(Math.max(0, marked.indexOf("¦"))) };
}

/** Asks again until a provider is there: the language server starts with the first configuration. */
async function execute<T>({ vscode }: Host, what: string, ...args: unknown[]): Promise<T> {
  let answer: T | undefined;
  await eventually(async () => {
    answer = await vscode.commands.executeCommand<T>(`vscode.execute${what}Provider`, ...args);
    const items = Array.isArray(answer) ? answer : (Object(answer).items ?? []);
    assert.ok(items.length > 0, `no ${what}`);
  });
  return answer as T;
}
