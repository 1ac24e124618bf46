import { baseName, type SplitCommand, shellScript, splitWords } from "../command-line.ts";
import { type Context, type Scope, scopeOf } from "../context.ts";
import { noFindings } from "../findings.ts";
import type { OptionText } from "../option-text.ts";
import { optionText } from "../options.ts";
import { strip } from "../python/text.ts";
import { kindOf, nameInHeader, type SectionKind } from "../schema.ts";
import { type Stored, type StoredSection, storedOption } from "../store.ts";
import { type Converted, toBoolean } from "../values.ts";

/** A program, event listener or FastCGI program as the checks look at it: as its first process would be. */
export type ProgramView = {
  readonly context: Context;
  readonly section: StoredSection;
  readonly kind: SectionKind;
  readonly name: string;
  /** Its command, as it was split before; undefined until it is asked for. */
  command: Command | null | undefined;
  /** Texts that were filled in before. */
  expanded: Map<string, OptionText | null> | null;
};

/** A command: where it is written, its text with its names filled in, and how Supervisor splits that. */
export type Command = SplitCommand & {
  readonly program: ProgramView;
  readonly stored: Stored;
  readonly text: string;
  /** The first word without its folder. */
  readonly name: string;
  /** The script that a shell is given with it; null where it is none. */
  readonly script: string | null;
};

/** A look at one option of a program: there is nothing to see where that is not given. */
export type ProgramCheck = { readonly about: string; readonly check: (program: ProgramView) => void };

const KINDS: ReadonlySet<SectionKind | null> = new Set(["program", "eventlistener", "fcgi-program"]);

/** How the checks look at a section; null for one that runs no program. */
export function programView(context: Context, section: StoredSection): ProgramView | null {
  const kind = kindOf(section.name);
  if (kind === null || !KINDS.has(kind)) return null;
  const name = strip(nameInHeader(section.name) ?? "");
  return { context, section, kind, name, command: undefined, expanded: null };
}

/** An option as it is written; null where it is not given. */
export function given({ context, section }: ProgramView, option: string): Stored | null {
  return storedOption(context.store, section, option);
}

/** An option's text with its names filled in; null where it is not given or cannot be filled in. */
export function effective(program: ProgramView, option: string): OptionText | null {
  const stored = given(program, option);
  if (stored === null) return null;
  return stored.value.includes("%") ? expanded(program, option) : { text: stored.value, stored };
}

/** The same without where it is written. */
export function textOf(program: ProgramView, option: string): string | null {
  const { only } = program.section;
  const place = only === null ? undefined : only.layout.places.get(option);
  const value = place === undefined ? undefined : only?.entries[place]?.value;
  return value === undefined || value.includes("%") ? (effective(program, option)?.text ?? null) : value;
}

function expanded(program: ProgramView, option: string): OptionText | null {
  program.expanded ??= new Map();
  const known = program.expanded.get(option);
  if (known !== undefined) return known;
  const text = optionText(quietScope(program), option);
  program.expanded.set(option, text);
  return text;
}

function quietScope({ context, section, name }: ProgramView): Scope {
  const names = new Map<string, string | bigint>([
    ["here", context.here],
    ["program_name", name],
    ["host_node_name", context.machine.hostName],
    ["group_name", name],
    ["process_num", 0n],
    ["numprocs", 1n],
  ]);
  return scopeOf({ ...context, findings: noFindings() }, section, names);
}

/** The program's command; null where it is not given or its names cannot be filled in. */
export function commandOf(program: ProgramView): Command | null {
  if (program.command === undefined) program.command = splitCommand(program);
  return program.command;
}

function splitCommand(program: ProgramView): Command | null {
  const option = effective(program, "command");
  if (option === null) return null;
  const { text, stored } = option;
  const { words, error, isPlain } = splitWords(text);
  return {
    program,
    stored,
    text,
    words,
    error,
    isPlain,
    name: baseName(words[0] ?? ""),
    script: shellScript(words),
  };
}

/** An option's value; the fallback where it is not given or cannot be read. */
export function convertedOf<T>(
  program: ProgramView,
  option: string,
  convert: (text: string) => Converted<T>,
  fallback: T,
): T {
  const text = textOf(program, option);
  if (text === null) return fallback;
  const converted = convert(text);
  return "value" in converted ? converted.value : fallback;
}

/** Whether an option is given and true. */
export function isOn(program: ProgramView, option: string): boolean {
  return convertedOf(program, option, toBoolean, false);
}
