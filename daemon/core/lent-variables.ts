/** Variables that one run has in its environment besides its own, by name. */
export type LentVariables = Readonly<Record<string, string>>;

const MOST = 100;
const LONGEST = 32 * 1024;
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Why these cannot be lent to a run, in words; null for nothing wrong. */
export function problemOfLent(variables: Readonly<Record<string, unknown>>): string | null {
  const entries = Object.entries(variables);
  if (entries.length > MOST) return `more than ${MOST} variables`;
  for (const [name, value] of entries) {
    if (!NAME.test(name)) return `${JSON.stringify(name)} is no name of a variable`;
    // By these the daemon knows its programs again.
    if (/^SUPERVISOR/.test(name)) return `${name} is set by the daemon itself`;
    if (typeof value !== "string") return `the value of ${name} is no text`;
    if (value.includes("\0") || value.length > LONGEST) return `the value of ${name} cannot be a variable's`;
  }
  return null;
}

/** An environment with the lent variables in it; `%(ENV_NAME)s` in one is what that variable is without them. */
export function withLent(
  environment: Readonly<Record<string, string>>,
  lent: LentVariables,
): Record<string, string> {
  const expanded = Object.entries(lent).map(([name, value]) => [
    name,
    value.replace(/%\(ENV_(\w+)\)s/g, (_, own: string) => environment[own] ?? "").trim(),
  ]);
  return { ...environment, ...Object.fromEntries(expanded) };
}
