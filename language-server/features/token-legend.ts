import type { SemanticTokensLegend } from "vscode-languageserver";

/** What a token is; all but the last are types that every editor knows. */
export const TOKEN_TYPES = [
  "keyword",
  "class",
  "property",
  "enumMember",
  "number",
  "string",
  "macro",
  "variable",
  "function",
  "parameter",
  "comment",
  "unknownOption",
] as const;

export type TokenType = (typeof TOKEN_TYPES)[number];

/** The only modifier: a name in the header that brings it. */
export const DECLARATION = 1;

/** How the numbers of semantic tokens are to be understood. */
export const TOKEN_LEGEND: SemanticTokensLegend = {
  tokenTypes: [...TOKEN_TYPES],
  tokenModifiers: ["declaration"],
};
