/**
 * A test for names that match a shell pattern, as Python's `fnmatch` reads it. It never goes back on a `*` once what
 * follows it was found, so that no pattern takes long.
 */
export function fileNamePattern(pattern: string): RegExp {
  const parts = [""];
  const add = (source: string) => {
    parts[parts.length - 1] += source;
  };
  const characters = Array.from(pattern);
  for (let at = 0; at < characters.length; ) {
    const character = characters[at] ?? "";
    at++;
    if (character === "*") {
      while (characters[at] === "*") at++;
      parts.push("");
    } else if (character === "?") {
      add(".");
    } else if (character === "[") {
      const close = closingBracket(characters, at);
      add(close === -1 ? "\\[" : characterClass(characters.slice(at, close)));
      if (close !== -1) at = close + 1;
    } else {
      add(escaped(character));
    }
  }
  const [first = "", ...others] = parts;
  const last = others.pop();
  const between = others.map((part, i) => `(?=(?<part${i}>.*?${part}))\\k<part${i}>`);
  const end = last === undefined ? "" : `.*${last}`;
  return new RegExp(`^${first}${between.join("")}${end}$`, "su");
}

/** Whether a pattern has any of the signs that make it match more than itself. */
export function hasMagic(pattern: string): boolean {
  return /[*?[]/.test(pattern);
}

function closingBracket(characters: readonly string[], start: number): number {
  let at = start;
  if (characters[at] === "!") at++;
  if (characters[at] === "]") at++;
  return characters.indexOf("]", at);
}

function characterClass(stuff: readonly string[]): string {
  const negated = stuff[0] === "!";
  const members = classMembers(negated ? stuff.slice(1) : stuff);
  if (members === "") return negated ? "." : "(?!)";
  return `[${negated ? "^" : ""}${members}]`;
}

/** A range whose ends are the wrong way round is empty. */
function classMembers(stuff: readonly string[]): string {
  let members = "";
  for (let at = 0; at < stuff.length; ) {
    const from = stuff[at] ?? "";
    const to = stuff[at + 2];
    if (stuff[at + 1] === "-" && to !== undefined) {
      const ordered = (from.codePointAt(0) ?? 0) <= (to.codePointAt(0) ?? 0);
      if (ordered) members += `${classEscaped(from)}-${classEscaped(to)}`;
      at += 3;
    } else {
      members += classEscaped(from);
      at++;
    }
  }
  return members;
}

function escaped(character: string): string {
  return /[\\^$.*+?()[\]{}|/]/.test(character) ? `\\${character}` : character;
}

/** In a class a hyphen means a range, outside one it may not be escaped. */
function classEscaped(character: string): string {
  return character === "-" ? "\\-" : escaped(character);
}
