import { commandWords, shellScript } from "../../daemon/config/command-line.ts";
import { parseDocument } from "../../daemon/config/document.ts";

/** A command as one that a shell reads; null where a shell reads it already, or a comment would cut it. */
export function inShell(command: string, before = ""): string | null {
  const { tokens, error } = commandWords(command);
  const words = tokens.map(({ text }) => text);
  if (error !== null || words.length === 0 || shellScript(words) !== null) return null;
  const script = before + withExec(command.replaceAll("\n", " "));
  const wrapped = `bash -c "${script.replace(/[\\"]/g, "\\$&")}"`;
  return keepsWhole(wrapped) ? wrapped : null;
}

function keepsWhole(wrapped: string): boolean {
  const [section] = parseDocument(`[x]\ncommand=${wrapped}\n`).sections;
  return section?.entries[0]?.value === wrapped && commandWords(wrapped).tokens.length === 3;
}

/** Signs of a shell that keep it from giving its place to one program. */
const COMPOUND = /^(?:if|for|while|until|case|\{|\(|!)(?:\s|$)|^\(/;
const BUILTIN = /^(?:cd|source|\.|export|ulimit|umask|set|trap|exec|eval|exit|wait|true|false|:)(?:\s|$)/;
const ASSIGNMENTS = /^(?:[A-Za-z_]\w*=(?:"[^"]*"|'[^']*'|[^\s"'])*\s+)*/;

/** The last command takes the shell's place, so that signals reach it. */
function withExec(script: string): string {
  const signs = signsIn(script);
  if (COMPOUND.test(script) || signs.some(({ sign }) => sign === "|" || sign === "&")) return script;
  const last = signs.at(-1);
  const from = last === undefined ? 0 : last.at + last.sign.length;
  const head = script.slice(0, from) + (/^\s*/.exec(script.slice(from))?.[0] ?? "");
  const tail = script.slice(head.length);
  const assigned = ASSIGNMENTS.exec(tail)?.[0] ?? "";
  const program = tail.slice(assigned.length);
  if (program === "" || BUILTIN.test(program) || COMPOUND.test(program)) return script;
  return `${head}${assigned}exec ${program}`;
}

/** What separates commands, outside of quotes and not part of a redirection. */
function signsIn(script: string): { readonly sign: string; readonly at: number }[] {
  const parts = script.matchAll(/\\.|'[^']*'|"(?:\\.|[^"\\])*"|&&|\|\||\d?>&\d?|&>|[;|&]/gs);
  return [...parts]
    .filter(([part]) => /^(?:&&|\|\||[;|&])$/.test(part))
    .map((match) => ({ sign: match[0], at: match.index }));
}
