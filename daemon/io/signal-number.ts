import { constants } from "node:os";

/** The number of a signal given by name, with or without SIG and in any case, or by number; null if there is none such. */
export function signalNumber(text: string): number | null {
  const numbers: Readonly<Record<string, number>> = constants.signals;
  const word = text.trim().toUpperCase();
  if (/^\d+$/.test(word)) return Object.values(numbers).includes(Number(word)) ? Number(word) : null;
  const name = word.startsWith("SIG") ? word : `SIG${word}`;
  return Object.hasOwn(numbers, name) ? (numbers[name] ?? null) : null;
}
