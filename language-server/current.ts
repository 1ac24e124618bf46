import { type CancellationToken, LSPErrorCodes, type Position, ResponseError } from "vscode-languageserver";
import { type Document, SplitDocument, textIn } from "../daemon/config/document.ts";
import { offsetAt } from "../daemon/config/lines.ts";
import { afterOthers } from "./turns.ts";
import type { Workspace } from "./workspace.ts";

/** A request about a document. */
type About = { readonly textDocument: { readonly uri: string } };

type Make<P, A> = (params: P, cancelled: CancellationToken) => A | Promise<A>;
type Answer<P, A> = (params: P, cancelled: CancellationToken) => Promise<A>;

/**
 * Answers a request with what `make` finds in the text, as long as somebody waits for it: not once it was cancelled, nor
 * once the text is another one. A key or a cancellation that is on its way already goes first.
 */
export function ofText<P extends About, A>(workspace: Workspace, make: Make<P, A>): Answer<P, A> {
  return async (params, cancelled) => {
    const check = staleness(workspace, params, cancelled);
    await afterOthers();
    check();
    const answer = await make(params, cancelled);
    check();
    return answer;
  };
}

/** The same for what takes the whole configuration, which is read first. */
export function ofReading<P extends About, A>(workspace: Workspace, make: Make<P, A>): Answer<P, A> {
  return ofText(workspace, async (params, cancelled) => {
    const check = staleness(workspace, params, cancelled);
    const { uri } = params.textDocument;
    if (workspace.versionOf(uri) !== undefined) await workspace.readWhole(uri, check);
    return await make(params, cancelled);
  });
}

/**
 * Answers a request about what is being typed: an editor filters the answer by what was typed on after it, so only another
 * text before the place makes it stale.
 */
export function ofTypedText<P extends About & { readonly position: Position }, A>(
  workspace: Workspace,
  nothing: A,
  make: (params: P, document: Document) => A | Promise<A>,
): Answer<P, A> {
  return async (params, cancelled) => {
    const { textDocument, position } = params;
    const open = workspace.documentOf(textDocument.uri);
    if (open === null) return nothing;
    const document = withOwnLines(open);
    const before = typed(open, position);
    const check = () => {
      refuseCancelled(cancelled);
      const now = workspace.documentOf(textDocument.uri);
      if (now !== open && (now === null || typed(now, position) !== before)) refuseModified();
    };
    await afterOthers();
    check();
    const answer = await make(params, document);
    check();
    return answer;
  };
}

/** A document whose lines an edit leaves as they are. */
function withOwnLines({ preamble, sections, lines }: Document): Document {
  const { length, starts, hasReturns } = lines;
  return new SplitDocument(preamble, sections, { length, starts: starts.slice(), hasReturns }, null);
}

/** The text of a line up to a place. */
function typed(document: Document, position: Position): string {
  const { lines } = document;
  return textIn(document, lines.starts[position.line] ?? lines.length, offsetAt(lines, position));
}

function staleness(workspace: Workspace, { textDocument }: About, cancelled: CancellationToken): () => void {
  const version = workspace.versionOf(textDocument.uri);
  return () => {
    refuseCancelled(cancelled);
    if (workspace.versionOf(textDocument.uri) !== version) refuseModified();
  };
}

function refuseModified(): never {
  throw new ResponseError(LSPErrorCodes.ContentModified, "The text has changed.");
}

/** Ends the answer to a request that was taken back. */
export function refuseCancelled(cancelled: CancellationToken): void {
  if (!cancelled.isCancellationRequested) return;
  throw new ResponseError(LSPErrorCodes.RequestCancelled, "The request was cancelled.");
}
