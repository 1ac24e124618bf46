// Puts the options of the table that the reader uses into README.md: `npm run docs`.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { MARKS, optionTables } from "../helpers/option-tables.ts";

const file = join(import.meta.dirname, "../../README.md");
const text = readFileSync(file, "utf8");
const [begin, end] = [text.indexOf(MARKS.begin), text.indexOf(MARKS.end)];
if (begin === -1 || end === -1) throw new Error(`${file} has no ${MARKS.begin} ... ${MARKS.end}`);
writeFileSync(file, text.slice(0, begin) + optionTables() + text.slice(end + MARKS.end.length));
