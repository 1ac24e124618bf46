// Puts the options of the table that the reader uses, and the interface for other extensions, into README.md: `npm run docs`.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { API_MARKS, apiText } from "../helpers/api-text.ts";
import { MARKS, optionTables } from "../helpers/option-tables.ts";

const file = join(import.meta.dirname, "../../README.md");
const text = replacePart(readFileSync(file, "utf8"), MARKS, optionTables());
writeFileSync(file, replacePart(text, API_MARKS, apiText()));

function replacePart(whole: string, marks: { begin: string; end: string }, part: string): string {
  const [begin, end] = [whole.indexOf(marks.begin), whole.indexOf(marks.end)];
  if (begin === -1 || end === -1) throw new Error(`${file} has no ${marks.begin} ... ${marks.end}`);
  return whole.slice(0, begin) + part + whole.slice(end + marks.end.length);
}
