import type { Configuration } from "./configuration.ts";
import { serverSections } from "./resolved-json.ts";

/** The sections that are only read when the daemon starts, and that differ. */
export function sectionChanges(active: Configuration, read: Configuration): string[] {
  const [before, after] = [serverSections(active), serverSections(read)];
  const names = new Set([...Object.keys(after), ...Object.keys(before)]);
  return [...names].filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
}
