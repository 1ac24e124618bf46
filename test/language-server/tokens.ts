import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import oniguruma from "vscode-oniguruma";
import textmate, { type IGrammar } from "vscode-textmate";

const GRAMMAR = "syntaxes/supervisord-conf.tmLanguage.json";

/** The project's grammar, run by the tokenizer that the editor runs. */
export async function loadGrammar(): Promise<IGrammar> {
  const wasm = createRequire(import.meta.url).resolve("vscode-oniguruma/release/onig.wasm");
  await oniguruma.loadWASM(readFileSync(wasm));
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async () => textmate.parseRawGrammar(readFileSync(GRAMMAR, "utf8"), GRAMMAR),
  });
  const grammar = await registry.loadGrammar("source.supervisord-conf");
  if (grammar === null) throw new Error(`cannot load ${GRAMMAR}`);
  return grammar;
}

/** One line for each token that has a scope of its own: its text, then its innermost scope without the language's suffix. */
export function tokenLines(grammar: IGrammar, text: string): string[] {
  const lines: string[] = [];
  let state = textmate.INITIAL;
  for (const line of text.split("\n")) {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
    state = ruleStack;
    for (const token of tokens) {
      const scope = token.scopes.at(-1) ?? "";
      const own = scope.replace(/\.supervisord-conf$/, "");
      const shown = line.slice(token.startIndex, token.endIndex);
      if (shown.trim() !== "" && own !== "source" && !own.startsWith("meta."))
        lines.push(`${shown} -> ${own}`);
    }
  }
  return lines;
}
