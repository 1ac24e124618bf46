/** The value below which this share of them lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** Prints a figure beside its goal; null where it only explains another one. */
export function report(what: string, value: number, unit: string, goal: number | null): void {
  const verdict =
    goal === null ? "" : ` (goal ${rounded(goal)} ${unit}: ${value <= goal ? "reached" : "missed"})`;
  console.log(`${what}: ${rounded(value)} ${unit}${verdict}`);
}

function rounded(value: number): string {
  return Number.isInteger(value) || value >= 100 ? value.toFixed(0) : value.toFixed(1);
}
