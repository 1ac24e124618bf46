import {
  type Connection,
  type TextDocumentIdentifier,
  WorkDoneProgressReporter,
} from "vscode-languageserver";
import type { Document } from "../daemon/config/document.ts";
import { answerCompletion, type Grant, type Taker } from "./completing.ts";
import { ofText } from "./current.ts";
import { foldingOf } from "./features/folding.ts";
import { symbolsOf } from "./features/symbols.ts";
import type { Reports } from "./reports.ts";
import type { Workspace } from "./workspace.ts";

/** Answers the editor's requests; one for a document that is closed or too long is answered with nothing. */
export function answerRequests(
  connection: Connection,
  workspace: Workspace,
  reports: Reports,
  taker: Taker,
  grant: Grant,
): void {
  const of = <A>(params: Which, answer: (document: Document) => A[]): A[] => {
    const document = workspace.documentOf(params.textDocument.uri);
    return document === null ? [] : answer(document);
  };

  answerCompletion(connection, workspace, taker, grant);
  connection.onDocumentSymbol(ofText(workspace, (params) => of(params, symbolsOf)));
  connection.onFoldingRanges(ofText(workspace, (params) => of(params, foldingOf)));
  connection.languages.diagnostics.on((params, cancelled, progress) =>
    reports.reportOf(params.textDocument.uri, params.previousResultId, cancelled, shownBy(progress)),
  );
  connection.languages.diagnostics.onWorkspace((params, cancelled, progress) =>
    reports.workspaceReport(params.previousResultIds, cancelled, shownBy(progress)),
  );
}

/** What shows progress where the client has given a token for that. */
function shownBy(progress: WorkDoneProgressReporter): WorkDoneProgressReporter | null {
  return WorkDoneProgressReporter.isNullInstance(progress) ? null : progress;
}

type Which = { readonly textDocument: TextDocumentIdentifier };
