import type { ProcessSnapshot } from "../../../protocol/event-stream.ts";
import { passes, readFilter, writeFilter } from "../filter.ts";
import { element, setText } from "./dom.ts";

type FilterForm = {
  readonly apply: (
    processes: ReadonlyMap<string, ProcessSnapshot>,
    rows: ReadonlyMap<string, HTMLElement>,
  ) => void;
};

/** Filters while one types; `/` leads to the filter, Escape empties it. */
export function startFilter(onChange: () => void): FilterForm {
  const form = element<HTMLFormElement>("#filter");
  const words = element<HTMLInputElement>("[name=words]", form);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => {
    remember(form);
    onChange();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && document.activeElement === words) clear(words);
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.activeElement?.matches("input, select, textarea")) return;
    event.preventDefault();
    words.focus();
  });
  return { apply: (processes, rows) => apply(form, processes, rows) };
}

function clear(words: HTMLInputElement): void {
  words.value = "";
  words.dispatchEvent(new Event("input", { bubbles: true }));
}

/** A page that is loaded again filters as before. */
function remember(form: HTMLFormElement): void {
  const query = writeFilter(readFilter(new FormData(form)));
  history.replaceState(null, "", `${location.pathname}${query === "" ? "" : `?${query}`}`);
}

function apply(
  form: HTMLFormElement,
  processes: ReadonlyMap<string, ProcessSnapshot>,
  rows: ReadonlyMap<string, HTMLElement>,
): void {
  const filter = readFilter(new FormData(form));
  let shown = 0;
  for (const [key, row] of rows) {
    const process = processes.get(key);
    row.hidden = process === undefined || !passes(process, filter);
    if (!row.hidden) shown += 1;
  }
  for (const body of document.querySelectorAll<HTMLElement>("#processes tbody"))
    body.hidden = body.querySelector("tr[data-key]:not([hidden])") === null;
  setText(element("#shown"), shown === rows.size ? "" : `${shown} shown`);
  const nothing = element("#nothing");
  nothing.hidden = shown > 0;
  setText(nothing, rows.size === 0 ? "No programs to manage" : "No process passes the filter");
}
