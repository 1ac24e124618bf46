import { baseName } from "../../daemon/config/command-line.ts";
import type { Document } from "../../daemon/config/document.ts";
import type { TextRange } from "../../daemon/config/problem.ts";
import { joinPath } from "../../daemon/config/python/paths.ts";
import { optionOf, type ValueType } from "../../daemon/config/schema.ts";
import type { Place } from "./place.ts";

/** What completion would like to know of the disk at some place. */
export type Wish =
  | { readonly kind: "executables" }
  | { readonly kind: "files"; readonly folder: string; readonly only: "folders" | "all" }
  /** The scripts of the package.json of a folder. */
  | { readonly kind: "scripts"; readonly folder: string }
  /** The targets of the Makefile of a folder. */
  | { readonly kind: "targets"; readonly folder: string }
  | { readonly kind: "users" }
  | { readonly kind: "groups" };

/** A wish, and the text that what is found replaces. */
export type Wished = { readonly wish: Wish; readonly span: TextRange };

type ValuePlace = Extract<Place, { kind: "value" }>;

/** What of the disk could stand at an offset; `names` gives the values of `here` and of `ENV_` names. */
export function wishAt(
  document: Document,
  place: Place,
  offset: number,
  names: () => ReadonlyMap<string, string>,
): Wished | null {
  if (place.kind !== "value" || place.sectionKind === null) return null;
  const type = optionOf(place.sectionKind, place.entry.key)?.type;
  if (type === undefined || offset < place.piece.range.start) return null;
  const typed = document.text.slice(place.piece.range.start, offset);
  const spanOf = (word: string) => ({ start: offset - word.length, end: offset });
  if (type === "command") return commandWish(place, typed, spanOf, names);
  const only = PATH_TYPES.get(type);
  const path = only === undefined ? pathIn(type, typed) : typed;
  if (path !== null) return pathWish(path, only ?? "all", spanOf, names());
  if (type === "user") return { wish: { kind: "users" }, span: spanOf(typed) };
  if (type !== "chown") return null;
  const colon = typed.indexOf(":");
  const wish: Wish = { kind: colon === -1 ? "users" : "groups" };
  return { wish, span: spanOf(typed.slice(colon + 1)) };
}

const PATH_TYPES: ReadonlyMap<ValueType, "folders" | "all"> = new Map([
  ["directory", "folders"],
  ["path", "all"],
  ["logfile", "all"],
]);

/** The path that is being typed in a value that may hold one among other things; null where it does not. */
function pathIn(type: ValueType, typed: string): string | null {
  if (type === "env-files") return /(?:^|\s)-?(\S*)$/.exec(typed)?.[1] ?? null;
  if (type === "globs") return /\S*$/.exec(typed)?.[0] ?? null;
  if (type === "socket-url" || type === "server-url") return /^unix:\/\/(.*)$/.exec(typed)?.[1] ?? null;
  return null;
}

type SpanOf = (word: string) => TextRange;

function commandWish(
  place: ValuePlace,
  typed: string,
  spanOf: SpanOf,
  names: () => ReadonlyMap<string, string>,
): Wished | null {
  const words = typed.split(/\s+/);
  const word = words.at(-1) ?? "";
  const [program = ""] = words;
  if (words.length === 1 && !word.includes("/")) {
    return word.startsWith("%") ? null : { wish: { kind: "executables" }, span: spanOf(word) };
  }
  const known = names();
  if (words.length === 1) return pathWish(word, "all", spanOf, known);
  const here = known.get("here") ?? "";
  const written = place.section.entries.findLast(({ key }) => key === "directory")?.value;
  const folder = joinPath(here, (written === undefined ? here : filledIn(written, known)) ?? here);
  const kind = taskKind(baseName(program), words.slice(1, -1));
  if (kind !== null) return { wish: { kind, folder }, span: spanOf(word) };
  const isScript = words.length === 2 && INTERPRETERS.test(baseName(program)) && !word.startsWith("-");
  return isScript || word.includes("/") ? pathWish(word, "all", spanOf, known, folder) : null;
}

const INTERPRETERS = /^(?:python|pypy|node|ruby|perl|php|bash|sh|dash|zsh|tsx|ts-node|deno)[\d.]*$/;

function taskKind(program: string, before: readonly string[]): "scripts" | "targets" | null {
  if (/^g?make$/.test(program)) return "targets";
  if (!/^(?:npm|pnpm|yarn|bun)$/.test(program)) return null;
  const [verb, ...rest] = before.filter((word) => !word.startsWith("-"));
  if (verb === undefined) return program === "npm" ? null : "scripts";
  return rest.length === 0 && (verb === "run" || verb === "run-script") ? "scripts" : null;
}

function pathWish(
  typed: string,
  only: "folders" | "all",
  spanOf: SpanOf,
  names: ReadonlyMap<string, string>,
  base = names.get("here") ?? "",
): Wished | null {
  const slash = typed.lastIndexOf("/") + 1;
  const before = filledIn(typed.slice(0, slash), names);
  const last = typed.slice(slash);
  if (before === null || last.includes("%")) return null;
  return { wish: { kind: "files", folder: joinPath(base, before), only }, span: spanOf(last) };
}

/** The text with its expansions filled in; null where one is not known. */
function filledIn(text: string, names: ReadonlyMap<string, string>): string | null {
  let isKnown = true;
  const filled = text.replace(/%\((\w+)\)s/g, (_whole, name: string) => {
    const value = names.get(name);
    isKnown &&= value !== undefined;
    return value ?? "";
  });
  return isKnown && !filled.includes("%") ? filled : null;
}
