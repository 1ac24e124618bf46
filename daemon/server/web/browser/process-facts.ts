import type { ProcessSnapshot } from "../../../protocol/event-stream.ts";
import type { StateName } from "../../../protocol/states.ts";
import { type ProcessAction, viewProcess } from "../process-view.ts";
import { visible } from "../visible-text.ts";
import { element, serverNow, setText } from "./dom.ts";

/** Brings what the page shows of a process up to date: in its row, or on the page of its log. */
export function showProcess(root: HTMLElement, process: ProcessSnapshot): void {
  const view = viewProcess(process, serverNow());
  root.dataset.tone = view.tone;
  setText(element(".state", root), process.state.toLowerCase());
  setText(element(".description", root), visible(view.description));
  for (const button of root.querySelectorAll<HTMLButtonElement>("button[name=action]")) {
    const ariaDisabled = view.can(button.value as ProcessAction) ? null : "true";
    if (button.ariaDisabled !== ariaDisabled) button.ariaDisabled = ariaDisabled;
  }
}

const SETTLED: ReadonlySet<StateName> = new Set(["RUNNING", "STOPPED", "EXITED", "FATAL"]);

/** More news at once than this is told as a number. */
const MOST_NEWS = 3;

/** Tells screen readers which processes came to rest in a new state, once a second at most. */
export class ChangesAloud {
  readonly #news = new Map<string, string>();
  #timer: number | undefined;

  add(process: ProcessSnapshot): void {
    if (!SETTLED.has(process.state)) return;
    const { key, namespec } = viewProcess(process, serverNow());
    this.#news.set(key, `${visible(namespec)} ${process.state.toLowerCase()}`);
    this.#timer ??= setTimeout(() => this.#tell(), 1000);
  }

  #tell(): void {
    this.#timer = undefined;
    const news = [...this.#news.values()];
    this.#news.clear();
    const text = news.length > MOST_NEWS ? `${news.length} processes changed` : news.join(", ");
    element("#changes").textContent = text;
  }
}
