/** A file that a line of a log mentions. `line` and `column` count from one. */
export type FileMention = {
  /** Where in the text the mention stands. */
  readonly start: number;
  readonly length: number;
  readonly path: string;
  readonly line: number;
  readonly column: number;
};

/** A longer line is looked through up to here. */
const LONGEST_LINE = 2000;
const MOST_MENTIONS = 10;

const URL_SCHEME = /\b(?!file:)[a-z][\w+.-]*:\/\/\S+/gi;

/** `File "a/b.py", line 3` as Python writes it, else a path with line and column after it in one of several forms. */
const MENTION =
  /"(?<quoted>[^"\n]{1,300})", line (?<quotedLine>\d+)|(?<path>(?:file:\/\/)?[\p{L}\p{N}_@~.+%/-]{1,300})(?:[:(](?<line>\d{1,7})(?:[:,] ?(?<column>\d{1,5}))?\)?)?/gu;

/** The files that a line seems to mention; whether they exist is for others to see. */
export function fileMentions(text: string): FileMention[] {
  const searched = text.slice(0, LONGEST_LINE).replace(URL_SCHEME, (url) => " ".repeat(url.length));
  const mentions = [...searched.matchAll(MENTION)].flatMap((match) => mentionIn(match) ?? []);
  return mentions.slice(0, MOST_MENTIONS);
}

function mentionIn(match: RegExpExecArray): FileMention | null {
  const { quoted, quotedLine, path = "", line, column } = match.groups ?? {};
  // A sentence may end with the path.
  const named = quoted ?? (line === undefined ? path.replace(/\.+$/, "") : path);
  if (!looksLikeFile(named)) return null;
  const [end] = match[0].split(line === undefined ? /\.+$/ : /$/);
  return {
    start: match.index + (quoted === undefined ? 0 : 1),
    length: (end ?? match[0]).length - (quoted === undefined ? 0 : 1),
    path: named.replace(/^file:\/\//, ""),
    line: Number(quotedLine ?? line ?? 1),
    column: Number(column ?? 1),
  };
}

/** A name with an ending, or a path; no number, version or time. */
function looksLikeFile(path: string): boolean {
  return /[/.][\p{L}\p{N}_-]/u.test(path) && /\p{L}/u.test(path) && !path.endsWith("/");
}
