/** The words in as few rows as fit in `width`, filled column by column, two spaces between columns. */
export function columns(words: readonly string[], width: number): string[] {
  for (let rows = 1; rows < words.length; rows++) {
    const lines = inRows(words, rows);
    if (lines.every((line) => line.length <= width)) return lines.map((line) => line.text);
  }
  return [...words];
}

function inRows(words: readonly string[], rows: number): { text: string; length: number }[] {
  const cells = Array.from({ length: Math.ceil(words.length / rows) }, (_, column) =>
    words.slice(column * rows, (column + 1) * rows),
  );
  const widths = cells.map((column) => Math.max(...column.map((word) => word.length)));
  // A short last row still counts in full: the columns are as wide as their widest word.
  const length = widths.reduce((sum, width) => sum + width + 2, -2);
  return Array.from({ length: rows }, (_, row) => {
    const line = cells.filter((column) => row < column.length);
    const text = line.map((column, index) => (column[row] ?? "").padEnd(widths[index] ?? 0)).join("  ");
    return { text, length };
  });
}
