import * as vscode from "vscode";
import type { ProcessSnapshot } from "../daemon/protocol/event-stream.ts";
import type { ExitHistories } from "./exit-histories.ts";
import { variableOf } from "./machine/processes.ts";
import { UsageMeter } from "./machine/usage.ts";
import { type Extra, NO_EXTRA, type RowField, shownUsage, type Usage } from "./model/row-fields.ts";
import { targetId } from "./model/target.ts";
import { isOnThisMachine, portsOf } from "./ports/program-ports.ts";
import type { Servers } from "./servers/servers.ts";

const SAMPLE_MS = 2000;

/** What costs something to find out. */
const SAMPLED: readonly RowField[] = ["cpu", "memory", "ports"];

type Row = { readonly id: string; readonly server: string; readonly process: ProcessSnapshot };

/** Finds out what rows show beside what supervisors tell, as long as somebody looks at a row that shows it. */
export class RowExtras implements vscode.Disposable {
  readonly #servers: Servers;
  readonly #histories: ExitHistories;
  readonly #meter = new UsageMeter();
  readonly #changed = new vscode.EventEmitter<void>();
  #fields: readonly RowField[] = [];
  #sampled: ReadonlyMap<string, Extra> = new Map();
  #timer: NodeJS.Timeout | undefined;
  /** Counts the samplings: one that goes on while nobody looks any more is the last. */
  #sampling = 0;

  readonly onDidChange = this.#changed.event;

  constructor(servers: Servers, histories: ExitHistories) {
    this.#servers = servers;
    this.#histories = histories;
  }

  /** What is known now, by the ids of the rows. */
  get known(): ReadonlyMap<string, Extra> {
    if (this.#fields.length === 0) return this.#sampled;
    return new Map(
      this.#rows().map(({ id }) => {
        const restarts = this.#histories.of(id)?.restarts ?? null;
        return [id, { ...(this.#sampled.get(id) ?? NO_EXTRA), restarts }];
      }),
    );
  }

  /** The fields that somebody looks at; none while the view is hidden. */
  watch(fields: readonly RowField[]): void {
    const wanted = fields.filter((field) => SAMPLED.includes(field) || field === "restarts");
    if (wanted.join() === this.#fields.join()) return;
    this.#fields = wanted;
    clearTimeout(this.#timer);
    this.#sampling++;
    if (wanted.some((field) => SAMPLED.includes(field))) void this.#sampleOn(this.#sampling);
  }

  dispose(): void {
    this.watch([]);
    this.#changed.dispose();
  }

  async #sampleOn(sampling: number): Promise<void> {
    const sampled = await this.#sample().catch(() => null);
    if (sampling !== this.#sampling) return;
    if (sampled !== null) {
      this.#sampled = sampled;
      this.#changed.fire();
    }
    this.#timer = setTimeout(() => void this.#sampleOn(sampling), SAMPLE_MS);
  }

  async #sample(): Promise<ReadonlyMap<string, Extra>> {
    const rows = await this.#localRows();
    const usages = await this.#usages(rows);
    const entries = await Promise.all(
      rows.map(async (row) => [row.id, await this.#extraOf(row, usages)] as const),
    );
    return new Map(entries);
  }

  async #usages(rows: readonly Row[]): Promise<ReadonlyMap<number, Usage>> {
    if (!this.#fields.includes("cpu") && !this.#fields.includes("memory")) return new Map();
    return this.#meter.measure(rows.flatMap(({ process }) => process.pid ?? []));
  }

  async #extraOf({ id, server, process }: Row, usages: ReadonlyMap<number, Usage>): Promise<Extra> {
    const { group, name, pid } = process;
    const target = { kind: "process", server, group, name } as const;
    const ports = this.#fields.includes("ports") ? await portsOf(this.#servers, target) : [];
    const usage = usages.get(pid ?? 0);
    const before = this.#sampled.get(id)?.usage ?? null;
    return { usage: usage === undefined ? null : shownUsage(before, usage), restarts: null, ports };
  }

  /** Those that run on this machine: in a container the same pid is another process. */
  async #localRows(): Promise<Row[]> {
    const checked = await Promise.all(
      this.#rows().map(async (row) => {
        const address = this.#servers.find(row.server)?.client?.address;
        const { pid, name } = row.process;
        if (address === undefined || !isOnThisMachine(address) || pid === null) return [];
        const shown = await variableOf(pid, "SUPERVISOR_PROCESS_NAME");
        return shown === null || shown === name ? [row] : [];
      }),
    );
    return checked.flat();
  }

  #rows(): Row[] {
    return this.#servers.views.flatMap(({ key, state }) => {
      if (state.kind !== "connected") return [];
      return [...state.processes.values()].map((process) => {
        const { group, name } = process;
        return { id: targetId({ kind: "process", server: key, group, name }), server: key, process };
      });
    });
  }
}
