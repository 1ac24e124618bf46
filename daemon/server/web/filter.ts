import type { ProcessSnapshot } from "../../protocol/event-stream.ts";
import { makeNamespec } from "../../protocol/names.ts";

/** Which processes the status page shows; empty texts stand for all. */
export type Filter = { readonly words: string; readonly state: string; readonly group: string };

/** The filter that the query of a URL, or a form, holds. */
export function readFilter(query: { get(name: string): unknown }): Filter {
  const text = (name: string) => {
    const value = query.get(name);
    return typeof value === "string" ? value : "";
  };
  return { words: text("words"), state: text("state"), group: text("group") };
}

/** The filter as the query of a URL; empty if it lets everything pass. */
export function writeFilter(filter: Filter): string {
  const set = Object.entries(filter).filter(([, value]) => value !== "");
  return new URLSearchParams(set).toString();
}

/** Whether a process passes: every word is part of its name or its group's. */
export function passes(
  process: Pick<ProcessSnapshot, "group" | "name" | "state">,
  { words, state, group }: Filter,
): boolean {
  const name = `${makeNamespec(process.group, process.name)} ${process.group}`.toLowerCase();
  const wanted = words.toLowerCase().split(/\s+/);
  return (
    (state === "" || process.state === state) &&
    (group === "" || process.group === group) &&
    wanted.every((word) => name.includes(word))
  );
}
