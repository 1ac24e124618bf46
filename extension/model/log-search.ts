/** The end of one log, to be searched. `skipped` is how many bytes before it are not. */
export type SearchedLog = { readonly label: string; readonly text: string; readonly skipped: number };

/** A line that holds what is looked for. Lines and columns count from zero. */
export type Hit = {
  readonly log: SearchedLog;
  readonly line: number;
  readonly column: number;
  readonly length: number;
  readonly text: string;
};

/** What a search finds, the newest line of each log first. */
export type Found = { readonly hits: readonly Hit[]; readonly total: number };

const LONGEST_SHOWN = 300;
const LEAD = 60;

/** The lines of logs with these words, at most so many of each log; capitals count only if there are some. */
export function searchLogs(logs: readonly SearchedLog[], words: string, atMost: number): Found {
  if (words === "") return { hits: [], total: 0 };
  const literal = words.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const pattern = new RegExp(literal, words === words.toLowerCase() ? "gi" : "g");
  const found = logs.map((log) => ({ log, places: placesIn(log.text, pattern, atMost) }));
  return {
    hits: found.flatMap(({ log, places }) => places.last.map((place) => hitAt(log, place)).reverse()),
    total: found.reduce((sum, { places }) => sum + places.count, 0),
  };
}

/** Where a line begins, and where in the text the words stand in it. */
type Place = {
  readonly line: number;
  readonly lineStart: number;
  readonly index: number;
  readonly length: number;
};

/** The last places, and how many there are. */
function placesIn(text: string, pattern: RegExp, atMost: number): { last: Place[]; count: number } {
  let places: Place[] = [];
  let [line, lineStart, count] = [0, 0, 0];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    for (let end = text.indexOf("\n", lineStart); end !== -1 && end < match.index; ) {
      line += 1;
      lineStart = end + 1;
      end = text.indexOf("\n", lineStart);
    }
    count += 1;
    places.push({ line, lineStart, index: match.index, length: match[0].length });
    if (places.length > 2 * atMost) places = places.slice(-atMost);
    // A line counts once.
    pattern.lastIndex = endOfLine(text, match.index);
  }
  return { last: places.slice(-atMost), count };
}

function hitAt(log: SearchedLog, { line, lineStart, index, length }: Place): Hit {
  const column = index - lineStart;
  const text = excerpt(log.text, lineStart, endOfLine(log.text, index), column);
  return { log, line, column, length, text };
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end === -1 ? text.length : end;
}

/** The part of a long line around what was found. */
function excerpt(text: string, lineStart: number, lineEnd: number, column: number): string {
  const skipped = column > LONGEST_SHOWN - LEAD ? column - LEAD : 0;
  const start = lineStart + skipped;
  const part = text.slice(start, Math.min(lineEnd, start + LONGEST_SHOWN));
  return `${skipped > 0 ? "…" : ""}${part.trimStart()}${start + LONGEST_SHOWN < lineEnd ? "…" : ""}`;
}
