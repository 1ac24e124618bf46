import type { CompletionItem } from "vscode-languageserver";
import type { Document } from "../../daemon/config/document.ts";
import { optionsOf, type SectionSpec, sectionKinds } from "../../daemon/config/schema.ts";
import { rangeOf } from "./ranges.ts";

/** Section headers that may still be added, each with the options it needs; they replace the text from `start` on. */
export function headerItems(
  document: Document,
  start: number,
  offset: number,
  client: { readonly snippets: boolean },
): CompletionItem[] {
  const present = new Set(document.sections.map((section) => section.name));
  const closed = document.text.startsWith("]", offset);
  const range = rangeOf(document.lines, { start, end: closed ? offset + 1 : offset });
  const bracketed = document.text.startsWith("[", start);
  return sectionKinds
    .filter((spec) => spec.naming === "required" || !present.has(spec.kind))
    .map((spec) => ({
      ...headerItem(spec, client.snippets, range),
      filterText: bracketed ? `[${spec.kind}` : spec.kind,
    }));
}

const MODULE = 9;
const SNIPPET = 2;

function headerItem(spec: SectionSpec, snippets: boolean, range: ReturnType<typeof rangeOf>): CompletionItem {
  const named = spec.naming === "required";
  const head = `[${spec.kind}${named ? ":" : ""}`;
  const item: CompletionItem = {
    label: `${head}${named ? "…" : ""}]`,
    kind: MODULE,
    sortText: `2${String(sectionKinds.indexOf(spec)).padStart(2, "0")}`,
    textEdit: { range, newText: snippets ? snippetOf(spec) : `${head}${named ? "name" : ""}]\n` },
    data: { kind: spec.kind },
  };
  if (snippets) item.insertTextFormat = SNIPPET;
  return item;
}

/** What a required option is filled with until somebody types over it. */
const EXAMPLES: Readonly<Record<string, string>> = {
  events: "PROCESS_STATE",
  file: "%(here)s/supervisor.sock",
  files: "conf.d/*.conf",
  port: "127.0.0.1:9001",
  programs: "first,second",
  socket: "unix://%(here)s/%(program_name)s.sock",
};

const MAIN_INTERFACE = "supervisor.rpcinterface:make_main_rpcinterface";

function snippetOf(spec: SectionSpec): string {
  if (spec.kind === "rpcinterface") {
    return `[rpcinterface:\${1:supervisor}]\nsupervisor.rpcinterface_factory=\${2:${MAIN_INTERFACE}}\n$0`;
  }
  const named = spec.naming === "required";
  const header = named ? `[${spec.kind}:\${1:name}]` : `[${spec.kind}]`;
  const required = optionsOf(spec.kind).filter((option) => option.required);
  const lines = required.map(
    ({ name }, index) => `${name}=\${${index + (named ? 2 : 1)}:${EXAMPLES[name] ?? name}}`,
  );
  return [header, ...lines, "$0"].join("\n");
}
