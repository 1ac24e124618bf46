import * as vscode from "vscode";
import type { ProcessSnapshot } from "../../daemon/protocol/event-stream.ts";
import { hush, type Incident, STARTED, UNSEEN, type Watched, watchProcesses } from "../model/incidents.ts";
import type { Server } from "../model/server.ts";
import type { ActedOn, ActStep, Servers } from "./servers.ts";

/** What happens within this time of an act is what the act came to. */
const HUSH_MS = 5000;

/** An incident of one of the window's servers. */
export type ServerIncident = { readonly server: string; readonly incident: Incident };

/** Notices when programs of the window's servers die without being asked to. */
export class IncidentWatch implements vscode.Disposable {
  readonly #servers: Servers;
  readonly #watched = new Map<string, Watched>();
  /** What is done to processes right now: what they come to is not known before that is over. */
  readonly #pending = new Set<ActedOn>();
  readonly #happened = new vscode.EventEmitter<readonly ServerIncident[]>();
  readonly #subscription: vscode.Disposable;
  #timer: NodeJS.Timeout | undefined;

  /** Each incident is told once. */
  readonly onDidHappen = this.#happened.event;

  constructor(servers: Servers) {
    this.#servers = servers;
    this.#subscription = vscode.Disposable.from(
      servers.onDidAct(({ acted, step }) => this.#note(acted, step)),
      servers.onDidChange(() => this.#look()),
    );
  }

  /** The processes of a server that died and do not run again, as they were when they died. */
  failing(server: string): ProcessSnapshot[] {
    const troubles = this.#watched.get(server)?.troubles.values() ?? [];
    return [...troubles].filter(({ wellSince }) => wellSince === null).map(({ process }) => process);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#subscription.dispose();
    this.#happened.dispose();
  }

  #note(acted: ActedOn, step: ActStep): void {
    if (step === "pending") this.#pending.add(acted);
    else this.#pending.delete(acted);
    if (step === "told") this.#hush(acted);
    this.#look();
  }

  #hush({ server, keys }: ActedOn): void {
    const watched = this.#watched.get(server);
    if (watched !== undefined) this.#watched.set(server, hush(watched, keys, performance.now() + HUSH_MS));
  }

  #look(): void {
    clearTimeout(this.#timer);
    const now = performance.now();
    const views = this.#servers.views;
    for (const key of this.#watched.keys())
      if (!views.some((server) => server.key === key)) this.#watched.delete(key);
    const steps = views.map((server) => this.#step(server, now));
    const wakes = steps.flatMap(({ wakeAt }) => wakeAt ?? []);
    const due = steps.flatMap(({ due }) => due);
    if (wakes.length > 0) this.#timer = setTimeout(() => this.#look(), Math.min(...wakes) - now + 1);
    if (due.length > 0) this.#happened.fire(due);
  }

  #step(
    { key, state }: Server,
    now: number,
  ): { readonly due: readonly ServerIncident[]; readonly wakeAt: number | null } {
    if (state.kind !== "connected" || (state.info !== null && state.info.mood !== "RUNNING")) {
      this.#watched.set(key, state.kind === "starting" ? STARTED : this.#stillStarted(key, state.kind));
      return { due: [], wakeAt: null };
    }
    const { next, due, wakeAt } = watchProcesses(
      this.#watched.get(key) ?? UNSEEN,
      state.processes,
      now,
      this.#heldIn(key),
    );
    this.#watched.set(key, next);
    return { due: due.map((incident) => ({ server: key, incident })), wakeAt };
  }

  #heldIn(key: string): Set<string> {
    const acts = [...this.#pending].filter(({ server }) => server === key);
    return new Set(acts.flatMap(({ keys }) => keys));
  }

  /** Between its start and the connection to it a server is looked for. */
  #stillStarted(key: string, kind: Server["state"]["kind"]): Watched {
    return kind === "looking" && this.#watched.get(key) === STARTED ? STARTED : UNSEEN;
  }
}
