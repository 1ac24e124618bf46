import { optionsOf, type SectionSpec, sectionKinds } from "../../daemon/config/schema.ts";

/** What stands around the generated part of README.md. */
export const MARKS = { begin: "<!-- options -->", end: "<!-- /options -->" } as const;

/** The options of every section as Markdown, from the table that reads them. */
export function optionTables(): string {
  const tables = sectionKinds
    .filter(({ kind }) => optionsOf(kind).length > 0)
    .map(
      (spec) =>
        `**\`[${header(spec)}]\`**\n\n| option | value | default |\n| --- | --- | --- |\n${rows(spec)}`,
    );
  return `${MARKS.begin}\n\n${tables.join("\n\n")}\n\n${MARKS.end}`;
}

function header({ kind, naming }: SectionSpec): string {
  return naming === "required" ? `${kind}:NAME` : kind;
}

function rows({ kind }: SectionSpec): string {
  const inherited = kind === "fcgi-program" || kind === "eventlistener" ? optionsOf("program") : [];
  const names = new Set(inherited.map(({ name }) => name));
  const own = optionsOf(kind).filter(({ name }) => !names.has(name));
  const lines = own.map(({ name, type, required, default: value, since }) => {
    const shown = required ? "required" : value === null ? "" : `\`${value}\``;
    return `| \`${name}\`${since === null ? " (ours)" : ""} | ${type} | ${shown} |`;
  });
  if (inherited.length > 0) lines.push("| and those of `[program:NAME]` | | |");
  return lines.join("\n");
}
