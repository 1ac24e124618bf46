/**
 * What a command is called with: rows of the view (the row under the pointer, then the selection); what a key binding
 * gives, a name, `{ server, program }` or a list of these; or nothing from the palette.
 */
export type CommandArguments = readonly unknown[];

/** The ids that a command is called with; the selection wins, for it includes the row under the pointer. */
export function idsOf([first, selection]: CommandArguments): string[] {
  const given: readonly unknown[] = [selection, first].find((value) => Array.isArray(value)) ?? [first];
  return given.flatMap((value) => idOf(value) ?? []);
}

/** The id that a name or `{ server, program }` stands for; null for anything else. */
function idOf(value: unknown): string | null {
  if (typeof value === "string") return value;
  if (typeof value !== "object" || value === null) return null;
  const server = "server" in value && typeof value.server === "string" ? value.server : null;
  const program = "program" in value && typeof value.program === "string" ? value.program : null;
  if (server === null) return program;
  // An id names its server already.
  return program?.includes("|") ? program : `${server}|${program ?? ""}`;
}
