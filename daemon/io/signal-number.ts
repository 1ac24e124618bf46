import { constants } from "node:os";
import { toSignal } from "../config/values.ts";

/** The number of a signal given by name, with or without SIG and in any case, or by number; null if there is none such. */
export function signalNumber(text: string): number | null {
  const converted = toSignal(text);
  if ("error" in converted) return null;
  // Other systems number their signals otherwise.
  const word = text.trim().toUpperCase();
  const name = word.startsWith("SIG") ? word : `SIG${word}`;
  const numbers: Readonly<Record<string, number>> = constants.signals;
  return Object.hasOwn(numbers, name) ? (numbers[name] ?? null) : converted.value;
}
