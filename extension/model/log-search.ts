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
  const found = logs.map((log) => hitsIn(log, pattern));
  return {
    hits: found.flatMap((hits) => hits.slice(-atMost).reverse()),
    total: found.reduce((sum, hits) => sum + hits.length, 0),
  };
}

function hitsIn(log: SearchedLog, pattern: RegExp): Hit[] {
  const hits: Hit[] = [];
  let [line, lineStart] = [0, 0];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(log.text); match !== null; match = pattern.exec(log.text)) {
    for (let end = log.text.indexOf("\n", lineStart); end !== -1 && end < match.index; ) {
      line += 1;
      lineStart = end + 1;
      end = log.text.indexOf("\n", lineStart);
    }
    const next = log.text.indexOf("\n", match.index);
    const lineEnd = next === -1 ? log.text.length : next;
    const column = match.index - lineStart;
    hits.push({
      log,
      line,
      column,
      length: match[0].length,
      text: excerpt(log.text, lineStart, lineEnd, column),
    });
    // A line counts once.
    pattern.lastIndex = lineEnd;
  }
  return hits;
}

/** The part of a long line around what was found. */
function excerpt(text: string, lineStart: number, lineEnd: number, column: number): string {
  const skipped = column > LONGEST_SHOWN - LEAD ? column - LEAD : 0;
  const start = lineStart + skipped;
  const part = text.slice(start, Math.min(lineEnd, start + LONGEST_SHOWN));
  return `${skipped > 0 ? "…" : ""}${part.trimStart()}${start + LONGEST_SHOWN < lineEnd ? "…" : ""}`;
}
