import type { SymbolInformation } from "vscode-languageserver";
import type { Document } from "../../daemon/config/document.ts";
import { rangeOf } from "./ranges.ts";
import { sectionLabel, sectionSymbolKind } from "./symbols.ts";

/** The sections of all files whose headers hold the letters of a query in its order, as editors search. */
export function workspaceSymbols(
  query: string,
  files: Iterable<readonly [uri: string, document: Document]>,
): SymbolInformation[] {
  return [...files].flatMap(([uri, { lines, sections }]) =>
    sections.flatMap((section) =>
      section.header !== null && holds(section.name, query)
        ? [
            {
              name: sectionLabel(section),
              kind: sectionSymbolKind(section),
              location: { uri, range: rangeOf(lines, section.header.range) },
            },
          ]
        : [],
    ),
  );
}

function holds(name: string, query: string): boolean {
  const lower = name.toLowerCase();
  let at = 0;
  for (const letter of query.toLowerCase().replace(/\s+/g, "")) {
    at = lower.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
