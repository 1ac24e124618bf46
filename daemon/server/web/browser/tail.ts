import type { ProcessSnapshot, StreamEvent } from "../../../protocol/event-stream.ts";
import { uptime } from "../page-parts.ts";
import { keyOf } from "../process-view.ts";
import { element, serverNow, setText } from "./dom.ts";
import { sendInPlace } from "./forms.ts";
import { followEvents } from "./live.ts";
import { LogView, MOST_SHOWN } from "./log-view.ts";
import { ChangesAloud, showProcess } from "./process-facts.ts";

/** While it floods, the end of the log is looked at this often. */
const LOOK_MS = 1000;

const TOO_QUICK = "Output comes too quickly to show all of it: this is its end, about once a second.";

/** Makes the page of a log live; one for a process that is not known stays as it is. */
export function startTailPage(): void {
  const main = element("main");
  const { key, channel, history } = main.dataset;
  if (key === undefined || channel === undefined || history === undefined) return;
  const page = new TailPage(main, key);
  sendInPlace((action) => {
    if (action === "clearlog") page.clear();
  });
  const query = new URLSearchParams({ process: decodeURIComponent(key), log: channel, history });
  const following = followEvents(`?${query}`, (event) => {
    page.take(event);
    if (page.floods()) following.pause(LOOK_MS);
  });
  setInterval(() => page.tick(), 1000);
}

class TailPage {
  readonly #log = new LogView(element("#log"), element<HTMLInputElement>("#follow"));
  readonly #aloud = new ChangesAloud();
  readonly #main: HTMLElement;
  readonly #key: string;
  #process: ProcessSnapshot | null = null;
  #end = 0;
  #received = 0;
  #floodedAt: number | null = null;

  constructor(main: HTMLElement, key: string) {
    this.#main = main;
    this.#key = key;
    const aloud = element<HTMLInputElement>("#aloud");
    aloud.addEventListener("change", () => {
      element("#log").ariaLive = aloud.checked ? "polite" : "off";
    });
  }

  take(event: StreamEvent): void {
    switch (event.type) {
      case "snapshot":
      case "added":
        this.#show(event.processes);
        break;
      case "process":
        this.#show([event.process]);
        if (this.#process === event.process) this.#aloud.add(event.process);
        break;
      case "log":
        this.#takeLog(event);
        break;
      case "dropped":
        this.#log.append(`\n[${event.bytes} bytes are left out here: they came too quickly]\n`);
        break;
      case "removed":
      case "server":
        break;
    }
  }

  /** Whether more comes in a second than is kept: to show it all would leave the browser no time for anything else. Asked after each event, and true once for each flood. */
  floods(): boolean {
    if (this.#received < MOST_SHOWN) return false;
    this.#received = 0;
    this.#floodedAt = performance.now();
    setText(element("#missing"), TOO_QUICK);
    return true;
  }

  tick(): void {
    if (document.hidden) return;
    this.#received = 0;
    if (this.#floodedAt !== null && performance.now() - this.#floodedAt > 3 * LOOK_MS) {
      this.#floodedAt = null;
      setText(element("#missing"), "");
    }
    setText(element("#uptime"), uptime({ startedAt: Number(document.body.dataset.started) }, serverNow()));
    if (this.#process !== null) showProcess(this.#main, this.#process);
  }

  clear(): void {
    this.#log.replace("");
    this.#end = 0;
  }

  #show(processes: readonly ProcessSnapshot[]): void {
    const process = processes.find((candidate) => keyOf(candidate) === this.#key);
    if (process === undefined) return;
    this.#process = process;
    showProcess(this.#main, process);
  }

  #takeLog({ offset, text, history }: Extract<StreamEvent, { type: "log" }>): void {
    this.#received += text.length;
    if (this.#floodedAt === null) setText(element("#missing"), "");
    // What begins before the end of what is known is a log that was emptied.
    if (history || offset < this.#end) this.#log.replace(text);
    else this.#log.append(text);
    this.#end = offset + 1;
  }
}
