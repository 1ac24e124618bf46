import type { SemanticTokensEdit } from "vscode-languageserver";

/** Tokens of a section: five numbers for each as the protocol has them, but the first with no line of its own. */
export type SectionTokens = {
  readonly numbers: readonly number[];
  /** The lines of the first and the last token, counted from the section's first. */
  readonly firstLine: number;
  readonly lastLine: number;
};

/** The tokens of a document, section by section; `lead` is how many lines the first is below the token before it. */
export type DocumentTokens = readonly { readonly numbers: readonly number[]; readonly lead: number }[];

const SIZE = 5;

/** All tokens in the protocol's numbers. */
export function numbersOf(tokens: DocumentTokens): number[] {
  return [...numbersBySection(tokens)].flat();
}

/** The same, section by section. */
export function* numbersBySection(tokens: DocumentTokens): Generator<readonly number[]> {
  for (const { numbers, lead } of tokens) yield numbers.with(0, lead);
}

/** The tokens on the lines `from..to`, both included, in the protocol's numbers. */
export function numbersInLines(tokens: DocumentTokens, from: number, to: number): number[] {
  const data: number[] = [];
  const last = { line: 0, character: 0 };
  let line = 0;
  let character = 0;
  for (const { numbers, lead } of tokens) {
    for (let at = 0; at < numbers.length; at += SIZE) {
      const down = at === 0 ? lead : (numbers[at] ?? 0);
      const across = numbers[at + 1] ?? 0;
      character = at > 0 && down === 0 ? character + across : across;
      line += down;
      if (line > to) return data;
      if (line < from) continue;
      const isSameLine = data.length > 0 && line === last.line;
      data.push(line - last.line, isSameLine ? character - last.character : character);
      data.push(...numbers.slice(at + 2, at + SIZE));
      last.line = line;
      last.character = character;
    }
  }
  return data;
}

/** The one edit that makes the new numbers of the old ones; none where they are equal. */
export function tokenEdits(before: DocumentTokens, after: DocumentTokens): SemanticTokensEdit[] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && isSame(before[start], after[start])) start++;
  if (start === before.length && start === after.length) return [];
  let tail = 0;
  while (tail < shorter - start && isSame(before.at(-1 - tail), after.at(-1 - tail))) tail++;
  return [
    {
      start: countIn(before.slice(0, start)),
      deleteCount: countIn(before.slice(start, before.length - tail)),
      data: numbersOf(after.slice(start, after.length - tail)),
    },
  ];
}

type PlacedTokens = DocumentTokens[number];

function isSame(one: PlacedTokens | undefined, other: PlacedTokens | undefined): boolean {
  if (one === undefined || other === undefined || one.lead !== other.lead) return false;
  const { numbers } = one;
  if (numbers === other.numbers) return true;
  return (
    numbers.length === other.numbers.length && numbers.every((number, at) => number === other.numbers[at])
  );
}

function countIn(tokens: DocumentTokens): number {
  return tokens.reduce((count, { numbers }) => count + numbers.length, 0);
}
