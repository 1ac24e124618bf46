import { toBytes, toInteger } from "../../daemon/config/values.ts";

/** A value in other words: what to read, and the same value as it could be written, where there is such a form. */
export type Reading = { readonly text: string; readonly written: string | null };

/** A number of bytes the other way round: units for a plain number, a plain number for units. */
export function otherBytes(value: string): Reading | null {
  const bytes = toBytes(value);
  if ("error" in bytes || bytes.value < 1024) return null;
  if (/[a-z]$/i.test(value)) return { text: grouped(bytes.value), written: String(bytes.value) };
  const [factor, unit] = UNITS.find(([one]) => bytes.value >= one) ?? [1, ""];
  const amount = Number((bytes.value / factor).toFixed(1));
  return { text: `${amount} ${unit}`, written: amount * factor === bytes.value ? `${amount}${unit}` : null };
}

/** A number of seconds in hours, minutes and seconds; null where seconds say it best. */
export function otherSeconds(value: string): Reading | null {
  const seconds = toInteger(value);
  if ("error" in seconds || seconds.value < 60n || seconds.value > 10_000_000n) return null;
  const all = Number(seconds.value);
  const parts: [number, string][] = [
    [Math.floor(all / 3600), "h"],
    [Math.floor(all / 60) % 60, "min"],
    [all % 60, "s"],
  ];
  const text = parts.flatMap(([amount, unit]) => (amount === 0 ? [] : [`${amount} ${unit}`])).join(" ");
  return { text, written: null };
}

const UNITS: readonly (readonly [number, string])[] = [
  [1024 ** 3, "GB"],
  [1024 ** 2, "MB"],
  [1024, "KB"],
];

function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, "\u202f");
}
