import type { ProcessSnapshot, ServerInfo, StreamEvent } from "../../../protocol/event-stream.ts";
import { uptime } from "../page-parts.ts";
import { keyOf, summarise } from "../process-view.ts";
import { element, serverNow, setText } from "./dom.ts";
import { startFilter } from "./filter-form.ts";
import { sendInPlace } from "./forms.ts";
import { followEvents } from "./live.ts";
import { ChangesAloud, showProcess } from "./process-facts.ts";
import { loadTable, rowsByKey } from "./table.ts";

/** Makes the status page live. */
export function startStatusPage(): void {
  const page = new StatusPage();
  sendInPlace(() => {});
  followEvents("", (event) => page.take(event));
  setInterval(() => page.tick(), 1000);
}

class StatusPage {
  readonly #aloud = new ChangesAloud();
  readonly #filter = startFilter(() => this.#refilter());
  #processes = new Map<string, ProcessSnapshot>();
  #rows = rowsByKey();
  /** How often a new table was asked for since it was last loaded: a load answers all that came before it. */
  #wanted = 0;
  #refilters = false;

  take(event: StreamEvent): void {
    switch (event.type) {
      case "snapshot":
        this.#processes = new Map(event.processes.map((process) => [keyOf(process), process]));
        showServer(event.server);
        this.#showAll();
        break;
      case "added":
        for (const process of event.processes) this.#processes.set(keyOf(process), process);
        this.#showAll();
        break;
      case "removed":
        for (const [key, { group }] of this.#processes)
          if (group === event.group) this.#processes.delete(key);
        this.#showAll();
        break;
      case "process":
        this.#processes.set(keyOf(event.process), event.process);
        this.#aloud.add(event.process);
        this.#show(event.process);
        this.#refilterSoon();
        break;
      case "server":
        showServer(event.server);
        break;
      case "log":
      case "dropped":
        break;
    }
  }

  /** Times go on between events. */
  tick(): void {
    if (document.hidden) return;
    setText(element("#uptime"), uptime({ startedAt: Number(document.body.dataset.started) }, serverNow()));
    for (const process of this.#processes.values()) {
      if (process.state === "RUNNING" || process.retryAt !== null) this.#show(process);
    }
  }

  #showAll(): void {
    const isComplete = this.#rows.size === this.#processes.size;
    if (!isComplete || [...this.#rows.keys()].some((key) => !this.#processes.has(key))) void this.#reload();
    for (const process of this.#processes.values()) this.#show(process);
    this.#refilter();
  }

  #show(process: ProcessSnapshot): void {
    const row = this.#rows.get(keyOf(process));
    if (row !== undefined) showProcess(row, process);
  }

  /** Many processes may change at once: the table as a whole is gone through once, before it is painted. */
  #refilterSoon(): void {
    if (this.#refilters) return;
    this.#refilters = true;
    requestAnimationFrame(() => {
      this.#refilters = false;
      this.#refilter();
    });
  }

  #refilter(): void {
    if (this.#processes.size === 0 && this.#rows.size > 0) return;
    const processes = [...this.#processes.values()];
    setText(element("#counts"), summarise(processes));
    const failing = processes.filter(({ state }) => state === "FATAL").length;
    document.title = `${failing === 0 ? "" : `(${failing} fatal) `}Supervisor Status`;
    this.#filter.apply(this.#processes, this.#rows);
  }

  /** Which processes there are, and in which order, the server says: it renders the table anew. */
  async #reload(): Promise<void> {
    this.#wanted += 1;
    if (this.#wanted > 1) return;
    for (let served = 0; served < this.#wanted; ) {
      served = this.#wanted;
      if (await loadTable()) this.#rows = rowsByKey();
    }
    this.#wanted = 0;
    for (const process of this.#processes.values()) this.#show(process);
    this.#refilter();
  }
}

function showServer({ configChanged }: ServerInfo): void {
  element("#config-changed").hidden = !configChanged;
}
