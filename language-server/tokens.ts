import type {
  Connection,
  SemanticTokens,
  SemanticTokensDelta,
  SemanticTokensDeltaParams,
  SemanticTokensRangeParams,
  ServerCapabilities,
} from "vscode-languageserver";
import { ofText } from "./current.ts";
import { PieceList } from "./encoder.ts";
import { SemanticTokens as TokensOfSections } from "./features/semantic-tokens.ts";
import { TOKEN_LEGEND } from "./features/token-legend.ts";
import {
  type DocumentTokens,
  numbersBySection,
  numbersInLines,
  tokenEdits,
} from "./features/token-stream.ts";
import type { Workspace } from "./workspace.ts";

/** Semantic tokens, as an editor may ask for them. */
export const TOKENS: ServerCapabilities = {
  semanticTokensProvider: { legend: TOKEN_LEGEND, full: { delta: true }, range: true },
};

/** Of how many documents it is known what they had when they were asked about last. */
const MOST_KNOWN = 8;

type Sent = { readonly resultId: string; readonly tokens: DocumentTokens };

/** Answers what the parts of a document are; nothing for one that is closed or too long. */
export function answerTokens(connection: Connection, workspace: Workspace): void {
  const tokens = new TokensOfSections();
  const sent = new Map<string, Sent>();
  let count = 0;
  const tokensOf = (uri: string): Sent => {
    const document = workspace.documentOf(uri);
    const answer = { resultId: String(++count), tokens: document === null ? [] : tokens.of(document) };
    sent.delete(uri);
    sent.set(uri, answer);
    const [oldest] = sent.keys();
    if (sent.size > MOST_KNOWN && oldest !== undefined) sent.delete(oldest);
    return answer;
  };
  const { semanticTokens } = connection.languages;
  const whole = (now: Sent): SemanticTokens => {
    const data = new PieceList(() => numbersBySection(now.tokens));
    // It is only written, and then the numbers of the protocol: made here, they would be the longest list of all.
    return { resultId: now.resultId, data: data as unknown as number[] };
  };
  semanticTokens.on(ofText(workspace, ({ textDocument }) => whole(tokensOf(textDocument.uri))));
  const changed = ({
    textDocument,
    previousResultId,
  }: SemanticTokensDeltaParams): SemanticTokens | SemanticTokensDelta => {
    const before = sent.get(textDocument.uri);
    const now = tokensOf(textDocument.uri);
    if (before?.resultId !== previousResultId) return whole(now);
    return { resultId: now.resultId, edits: tokenEdits(before.tokens, now.tokens) };
  };
  const inRange = ({ textDocument, range }: SemanticTokensRangeParams) => {
    const document = workspace.documentOf(textDocument.uri);
    const [from, to] = [range.start.line, range.end.line];
    return { data: document === null ? [] : numbersInLines(tokens.of(document, to), from, to) };
  };
  semanticTokens.onDelta(ofText(workspace, changed));
  semanticTokens.onRange(ofText(workspace, inRange));
}
