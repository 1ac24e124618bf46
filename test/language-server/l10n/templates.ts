import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The English texts of all messages in the sources of some folders, as catalogues have them. */
export function templatesIn(folders: readonly string[]): Set<string> {
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .map((file) => join(folder, file)),
  );
  return new Set(files.flatMap((file) => templatesOf(readFileSync(file, "utf8"))));
}

/** The texts of the messages in one source, those inside the values of others included. */
export function templatesOf(source: string): string[] {
  return Array.from(source.matchAll(/(?<!\w)say`/g), ({ index }) => literalAt(source, index + 4).template);
}

/** A template literal from the character after its opening back quote. */
function literalAt(source: string, start: number): { readonly template: string; readonly end: number } {
  let template = "";
  let values = 0;
  let at = start;
  while (source[at] !== "`") {
    if (at >= source.length) throw new Error(`cannot read a template at ${start}: it is not closed`);
    if (source.startsWith("${", at)) {
      template += `{${values++}}`;
      at = endOfValue(source, at + 2);
    } else if (source.startsWith("\\u", at)) {
      template += String.fromCharCode(Number.parseInt(source.slice(at + 2, at + 6), 16));
      at += 6;
    } else if (source[at] === "\\") {
      template += source[at + 1];
      at += 2;
    } else {
      template += source[at++];
    }
  }
  return { template, end: at + 1 };
}

/** The offset after the brace that closes a value. */
function endOfValue(source: string, start: number): number {
  let depth = 1;
  let at = start;
  while (depth > 0) {
    const character = source[at++];
    if (character === undefined) throw new Error(`cannot read a value at ${start}: it is not closed`);
    if (character === "`") at = literalAt(source, at).end;
    if (character === '"') at = source.indexOf('"', at) + 1;
    if (character === "{") depth++;
    if (character === "}") depth--;
  }
  return at;
}
