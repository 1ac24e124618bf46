import { type Document, parseDocument, type Section } from "../../daemon/config/document.ts";
import { type Change, changed } from "./changes.ts";

/** Whether a file says the same after changes, which are in its order: the same options with the same values. */
export function keepsMeaning(document: Document, changes: readonly Change[]): boolean {
  const parts = independentParts(document, changes);
  return parts.every(({ before, text }) => {
    const { preamble, sections } = parseDocument(text);
    const after = before[0]?.header === null ? [preamble, ...sections] : sections;
    const isLed = before[0]?.header === null || isEmpty(preamble);
    return isLed && after.length === before.length && before.every((one, at) => isSame(one, after[at]));
  });
}

/** Sections that are split by themselves, and the text they get. */
type Part = { readonly before: readonly Section[]; readonly text: string };

/** Where each header begins its line a section depends on nothing before it, so that only changed ones are looked at. */
function independentParts(document: Document, changes: readonly Change[]): Part[] {
  const all = [document.preamble, ...document.sections];
  const whole: Part = { before: all, text: changed(document.text, changes) };
  if (all.some(({ header, range }) => header !== null && header.range.start !== range.start)) return [whole];
  const parts: Part[] = [];
  let next = 0;
  for (const section of all) {
    const { start, end } = section.range;
    const first = next;
    while (next < changes.length && isBefore(changes[next], end, document)) next++;
    if (next === first) continue;
    const own = changes.slice(first, next);
    const moved = own.map((change) => ({ ...change, start: change.start - start, end: change.end - start }));
    const text = changed(document.text.slice(start, end), moved);
    const isEnded = end === document.text.length || text === "" || /[\r\n]$/.test(text);
    // Indented, a header would continue a value above it.
    const isIndented = section.header !== null && /^[\r\n]*[^\S\r\n]/.test(text);
    if (!isEnded || isIndented || own.some((change) => change.end > end)) return [whole];
    parts.push({ before: [section], text });
  }
  return parts;
}

/** What is added at the very end of a file belongs to its last section. */
function isBefore(change: Change | undefined, end: number, { text }: Document): boolean {
  return change !== undefined && (change.start < end || end === text.length);
}

function isEmpty({ entries, broken, comments }: Section): boolean {
  return entries.length + broken.length + comments.length === 0;
}

function isSame(before: Section, after: Section | undefined): boolean {
  return (
    after !== undefined &&
    before.name === after.name &&
    before.entries.length === after.entries.length &&
    before.broken.length === after.broken.length &&
    before.comments.length === after.comments.length &&
    before.entries.every(({ key, value }, at) => {
      const other = after.entries[at];
      return key === other?.key && value === other.value;
    })
  );
}
