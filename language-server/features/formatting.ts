import type { TextEdit } from "vscode-languageserver";
import type { Document, Section } from "../../daemon/config/document.ts";
import { type Change, joined } from "./changes.ts";
import { blankLineChanges } from "./formatting-blank-lines.ts";
import { lineChanges, type Shape } from "./formatting-entries.ts";
import { lineKinds } from "./formatting-lines.ts";
import { rangeOf } from "./ranges.ts";
import { keepsMeaning } from "./same-meaning.ts";

/** How a configuration is to look; `keep` takes the style that most of its lines have. */
export type FormatStyle = {
  readonly spacesAroundEquals: "keep" | "always" | "never";
  /** Columns of one step of indentation. */
  readonly tabSize: number;
  readonly insertSpaces: boolean;
};

/** The edits that put a whole file in shape; they never change what it means. */
export function formatDocument(document: Document, style: FormatStyle): TextEdit[] {
  return editsFor(document, changesIn(document, { ...shapeOf(document, style), outdents: true }));
}

/** The edits that put some lines in shape, `last` included. Where lines begin says what they are, so that stays. */
export function formatLines(document: Document, first: number, last: number, style: FormatStyle): TextEdit[] {
  const { starts, text } = document.lines;
  const [start, end] = [starts[first] ?? 0, starts[last + 1] ?? text.length];
  const changes = changesIn(document, { ...shapeOf(document, style), outdents: false });
  return editsFor(
    document,
    changes.filter((change) => change.start >= start && change.start < end && change.end <= end),
  );
}

function changesIn(document: Document, shape: Shape): Change[] {
  const kinds = lineKinds(document);
  const name = Object.values(shape).join();
  const lines = sectionsOf(document).flatMap((section) => {
    if (IN_SHAPE.get(section) === name) return NO_CHANGES;
    const changes = lineChanges(document, section, kinds, shape);
    if (changes.length === 0) IN_SHAPE.set(section, name);
    return changes;
  });
  return joined([...lines, ...blankLineChanges(document, kinds)]);
}

/** The shape in which sections were found to be: they stay in it as long as they are the same. */
const IN_SHAPE = new WeakMap<Section, string>();

const NO_CHANGES: readonly Change[] = [];

function shapeOf(document: Document, style: FormatStyle): Omit<Shape, "outdents"> {
  const { spacesAroundEquals, insertSpaces } = style;
  const isSpaced = spacesAroundEquals === "keep" ? isMostlySpaced(document) : spacesAroundEquals === "always";
  return { isSpaced, tabSize: Math.max(1, style.tabSize), insertSpaces };
}

function isMostlySpaced(document: Document): boolean {
  let spaced = 0;
  for (const { anchor, entries, text } of sectionsOf(document)) {
    for (const { delimiter } of entries) {
      const at = delimiter - anchor.offset;
      if (text[at] === "=") spaced += text[at - 1] === " " ? 1 : -1;
    }
  }
  return spaced > 0;
}

/** Nothing at all is better than an edit that changes what Supervisor reads. */
function editsFor(document: Document, changes: readonly Change[]): TextEdit[] {
  if (!keepsMeaning(document, changes)) return [];
  return changes.map((change) => ({ range: rangeOf(document.lines, change), newText: change.newText }));
}

function sectionsOf({ preamble, sections }: Document): readonly Section[] {
  return [preamble, ...sections];
}
