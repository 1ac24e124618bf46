/** `group:process` as commands take it, or just the name where both are the same (Supervisor's make_namespec). */
export function makeNamespec(group: string, process: string): string {
  return group === process ? process : `${group}:${process}`;
}

/** The parts of a `group:process`; `process` is null for a whole group (`group:` or `group:*`). */
export function splitNamespec(namespec: string): { group: string; process: string | null } {
  const colon = namespec.indexOf(":");
  if (colon === -1) return { group: namespec, process: namespec };
  const group = namespec.slice(0, colon);
  const process = namespec.slice(colon + 1);
  return { group, process: process === "" || process === "*" ? null : process };
}
