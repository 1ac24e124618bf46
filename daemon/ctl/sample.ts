import { describeOption, describeSection } from "../config/descriptions.ts";
import { type OptionSpec, optionOf, optionsOf, type SectionKind, sectionKinds } from "../config/schema.ts";
import { SAMPLE_EXAMPLES, SAMPLE_HEADERS, SAMPLE_SETTINGS } from "./sample-values.ts";

const WIDTH = 100;

/** A configuration to begin with: works as it is, and explains every option in a comment with its default. */
export function sampleConfiguration(): string {
  const intro = comment(
    "A configuration of supervisord. Lines that begin with a semicolon are comments: take it away to set an option. Each option shows its default, or an example where it has none. %(here)s is the folder of this file, %(ENV_HOME)s the environment variable HOME.",
  );
  return `${[intro, ...sectionKinds.map(({ kind }) => sectionText(kind))].join("\n\n")}\n`;
}

function sectionText(kind: SectionKind): string {
  const settings = SAMPLE_SETTINGS[kind];
  const header = `[${SAMPLE_HEADERS[kind]}]`;
  return [
    comment(describeSection(kind)),
    settings === undefined ? `;${header}` : header,
    ...ownOptions(kind).map((option) => optionText(kind, option, settings?.[option.name])),
  ].join("\n");
}

/** What the section has beyond, or other than, what it inherits from programs. */
function ownOptions(kind: SectionKind): readonly OptionSpec[] {
  if (kind !== "fcgi-program" && kind !== "eventlistener") return optionsOf(kind);
  const differs = (option: OptionSpec) => optionOf("program", option.name)?.default !== option.default;
  return optionsOf(kind).filter((option) => option.name === "command" || differs(option));
}

function optionText(
  kind: SectionKind,
  { name, default: usual, since }: OptionSpec,
  setting: string | undefined,
): string {
  const beyond = since === null ? " Not in Supervisor, which ignores it." : "";
  const about = comment(`${describeOption(kind, name) ?? ""}${beyond}`);
  const value = SAMPLE_EXAMPLES[name] ?? usual ?? "";
  return `;\n${about}\n${setting === undefined ? `;${name}=${value}` : `${name}=${setting}`}`;
}

/** A paragraph as comment lines that fit the width. */
function comment(markdown: string): string {
  const lines = [";"];
  for (const word of markdown.replaceAll("`", "").split(/\s+/)) {
    const line = lines.at(-1) ?? "";
    if (line === ";" || line.length + 1 + word.length <= WIDTH) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(`; ${word}`);
  }
  return lines.join("\n");
}
