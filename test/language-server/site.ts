import type { Location, Range } from "vscode-languageserver";
import { type Document, parseDocument } from "../../daemon/config/document.ts";
import { offsetAt } from "../../daemon/config/lines.ts";
import type { PathMachine } from "../../language-server/features/path-names.ts";
import type { Site } from "../../language-server/features/site.ts";
import { CURSOR } from "./cursor.ts";

/** The file that includes the others. */
const MAIN = "/w/supervisord.conf";

/** Texts by the path of the file. */
export type Files = Readonly<Record<string, string>>;

/** A configuration of the main file and others by their paths; one of them has the cursor mark. */
export function siteWith(main: string, others: Files = {}): { readonly site: Site; readonly offset: number } {
  const marked = Object.entries({ [MAIN]: main, ...others });
  const [file, text] = marked.find(([, one]) => one.includes(CURSOR)) ?? [MAIN, main];
  const documents = new Map(marked.map(([path, one]) => [path, parseDocument(one.replace(CURSOR, ""))]));
  return { site: siteOf(file, documents), offset: Math.max(0, text.indexOf(CURSOR)) };
}

/** The same files with one of them asked about. */
export function siteOf(file: string, documents: ReadonlyMap<string, Document>): Site {
  const find = (path: string) => {
    const document = documents.get(path);
    return document === undefined ? undefined : { uri: `file://${path}`, lines: document.lines };
  };
  return { file, documents, find };
}

/** A machine that only has a user at home. */
export const machine: PathMachine = {
  environment: { HOME: "/home/me" },
  hostName: "host",
  homeDirectory: () => "/home/me",
};

/** Places as `FILE:LINE TEXT`, the line counted from one. */
export function shown(site: Site, places: readonly Location[]): string[] {
  return places.map(({ uri, range }) => {
    const path = uri.replace("file://", "");
    const document = site.documents.get(path);
    const name = path.slice(path.lastIndexOf("/") + 1);
    return `${name}:${range.start.line + 1} ${document === undefined ? "" : textIn(document, range)}`;
  });
}

/** The text that a range covers. */
export function textIn({ text, lines }: Document, range: Range): string {
  return text.slice(offsetAt(lines, range.start), offsetAt(lines, range.end));
}
