/** Variables as a configuration can hold them, and those that only `env` in front of the command can set. */
export type Variables = {
  /** The text of `environment=`; null for none. */
  readonly text: string | null;
  readonly others: readonly (readonly [name: string, value: string])[];
};

/** Splits variables by whether Supervisor's own quoting can hold them: it knows no escapes. */
export function environmentText(environment: Readonly<Record<string, string>>): Variables {
  const entries = Object.entries(environment);
  const fits = ([name, value]: readonly [string, string]) => /^\w+$/.test(name) && isHeld(value);
  const pairs = entries.filter(fits).map(([name, value]) => `${name}="${value.replaceAll("%", "%%")}"`);
  const others = entries.filter((entry) => !fits(entry));
  return { text: pairs.length === 0 ? null : pairs.join(","), others };
}

function isHeld(value: string): boolean {
  return !/["'\\\r\n\0]|\s[;#]/.test(value);
}
