/** A test for names that match a shell pattern, as Python's `fnmatch` reads it. */
export function fileNamePattern(pattern: string): RegExp {
  let source = "";
  const characters = Array.from(pattern);
  for (let at = 0; at < characters.length; ) {
    const character = characters[at] ?? "";
    at++;
    if (character === "*") {
      while (characters[at] === "*") at++;
      source += ".*";
    } else if (character === "?") {
      source += ".";
    } else if (character === "[") {
      const close = closingBracket(characters, at);
      source += close === -1 ? "\\[" : characterClass(characters.slice(at, close));
      if (close !== -1) at = close + 1;
    } else {
      source += escaped(character);
    }
  }
  return new RegExp(`^(?:${source})$`, "su");
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
