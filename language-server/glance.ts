import {
  type ClientCapabilities,
  CodeLensRefreshRequest,
  type Connection,
  type ServerCapabilities,
} from "vscode-languageserver";
import { asked } from "./asked.ts";
import { codeLensesOf } from "./features/code-lens.ts";
import type { Words } from "./l10n/words.ts";
import { LiveStates } from "./live-states.ts";
import type { Workspace } from "./workspace.ts";

/** What an editor may ask for to show between the lines. */
export const AT_A_GLANCE: ServerCapabilities = { codeLensProvider: {}, inlayHintProvider: true };

/** Answers what an editor shows between the lines; for a document that is closed or too long with nothing. */
export function answerAtAGlance(
  connection: Connection,
  workspace: Workspace,
  words: Words,
  client: ClientCapabilities,
): void {
  const live = new LiveStates();
  const refreshes = client.workspace?.codeLens?.refreshSupport ?? false;
  live.listen(connection, async () => {
    if (refreshes) await connection.sendRequest(CodeLensRefreshRequest.type);
  });
  connection.onCodeLens(({ textDocument }) => {
    const found = asked(workspace, textDocument.uri);
    return found === null ? [] : codeLensesOf(found.document, live.lookup(found.site), words);
  });
  connection.languages.inlayHint.on(({ textDocument, range }) => {
    const judgement = workspace.judge(textDocument.uri);
    const document = judgement?.reading.documents.get(judgement.file);
    if (judgement === null || document === undefined) return [];
    const { file, problems } = judgement;
    const settings = workspace.settings.inlayHints;
    return inlayHintsOf({ file, document, problems, settings, words }, offsetsOf(document.lines, range));
  });
}
