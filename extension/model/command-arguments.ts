/**
 * What a command is called with: rows of the view (the row under the pointer, then the selection), the id or name
 * that a key binding gives, or nothing from the palette.
 */
export type CommandArguments = readonly unknown[];

/** The ids that a command is called with; the selection wins, for it includes the row under the pointer. */
export function idsOf([first, selection]: CommandArguments): string[] {
  const given: readonly unknown[] = [selection, first].find((value) => Array.isArray(value)) ?? [first];
  return given.filter((id) => typeof id === "string");
}
