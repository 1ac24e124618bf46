/** A name in a text, with its offsets there. */
export type NamedPart = {
  /** Which half of `GROUP:PROCESS` it is; `whole` stands for both. */
  readonly half: "group" | "process" | "whole";
  readonly name: string;
  readonly start: number;
  readonly end: number;
};

/** The programs and groups that the command lines of a text name for `supervisorctl`. */
export function controlledNames(text: string): NamedPart[] {
  return [...text.matchAll(CONTROL)].flatMap((match) => {
    const rest = match[1] ?? "";
    const from = match.index + match[0].length - rest.length;
    return namespecsAmong(wordsOf(rest, from));
  });
}

/** The programs and groups that the command line of an event listener of superlance watches. */
export function watchedNames(text: string): NamedPart[] {
  if (!SUPERLANCE.test(text)) return [];
  return [...text.matchAll(WATCHED)].flatMap((match) => {
    const [whole, flag = "", spec = ""] = match;
    const start = match.index + whole.length - spec.length;
    if (/^(?:-g|--group)/.test(flag)) return [{ half: "group", name: spec, start, end: start + spec.length }];
    return namespecAt({ text: spec, start });
  });
}

/** The halves of words such as `web`, `GROUP:web` and `GROUP:*`. */
export function namespecsAmong(args: readonly Word[]): NamedPart[] {
  const words = withoutOptions(args);
  const [act, ...rest] = words;
  const skipped = act === undefined ? undefined : SKIPPED[act.text];
  if (skipped === undefined) return [];
  return rest.slice(skipped).filter(isName).flatMap(namespecAt);
}

/** A word of a command line and where it starts. */
type Word = { readonly text: string; readonly start: number };

const CONTROL = /\bsupervisorctl\b([^|;&<>"'\n]*)/g;
const SUPERLANCE = /\b(?:memmon|httpok|crashmail|crashmailbatch|crashsms|fatalmailbatch)\b/;
const WATCHED = /(?:^|\s)(-p|-g|--program|--group)[\s=]?\s*([^\s='"]+)/g;

/** How many arguments of an act come before the names. */
const SKIPPED: Readonly<Partial<Record<string, number>>> = {
  start: 0,
  stop: 0,
  restart: 0,
  status: 0,
  tail: 0,
  fg: 0,
  clear: 0,
  pid: 0,
  add: 0,
  remove: 0,
  update: 0,
  signal: 1,
};

const WITH_VALUE = /^(?:-[csup]|--(?:configuration|serverurl|username|password))$/;

function withoutOptions(args: readonly Word[]): Word[] {
  return args.filter(
    ({ text }, index) => !text.startsWith("-") && !WITH_VALUE.test(args[index - 1]?.text ?? ""),
  );
}

function isName({ text }: Word): boolean {
  return text !== "all" && text !== "stdout" && text !== "stderr" && !/[$%`]/.test(text);
}

/** The halves of one word such as `web`, `GROUP:web` or `GROUP:*`. */
export function namespecAt({ text, start }: Word): NamedPart[] {
  const colon = text.indexOf(":");
  if (colon === -1) return [{ half: "whole", name: text, start, end: start + text.length }];
  const process = text.slice(colon + 1);
  const group: NamedPart = { half: "group", name: text.slice(0, colon), start, end: start + colon };
  if (process === "" || process === "*") return [group];
  return [group, { half: "process", name: process, start: start + colon + 1, end: start + text.length }];
}

function wordsOf(text: string, from: number): Word[] {
  return [...text.matchAll(/\S+/g)].map((match) => ({ text: match[0], start: from + match.index }));
}
