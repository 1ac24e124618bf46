/**
 * What stands between a program's name and its line, and the colour of both in a terminal. The lines differ in shape
 * too, and the grammar of merged logs tells the programs apart by them.
 */
const LOOKS = [
  { line: "│", color: 36 },
  { line: "┃", color: 33 },
  { line: "┆", color: 35 },
  { line: "║", color: 32 },
  { line: "┊", color: 34 },
  { line: "╎", color: 90 },
] as const;

/** The widest name that others are filled up to. */
const WIDEST = 24;

/** What a program's lines begin with where several share a view. */
export type Prefix = { readonly plain: string; readonly coloured: string };

/** How wide the names of these programs are in a view that they share. */
export function prefixWidth(names: readonly string[]): number {
  return Math.min(WIDEST, Math.max(0, ...names.map((name) => name.length)));
}

/** The prefix of the program that is the so many-th to speak, so that its lines stand under those of the others. */
export function prefixOf(name: string, index: number, width: number): Prefix {
  const { line, color } = LOOKS[index % LOOKS.length] ?? LOOKS[0];
  const plain = `${name.padEnd(width)} ${line} `;
  const csi = `${String.fromCharCode(27)}[`;
  return { plain, coloured: `${csi}0;${color}m${plain}${csi}0m` };
}
