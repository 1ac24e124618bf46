import { daemonKey, type RuntimeFolder } from "../client/runtime-folder.ts";
import type { Configuration, LogLevel } from "../config/configuration.ts";
import type { Past } from "../core/journal/read.ts";
import type { ProcessRecord } from "../core/journal/record.ts";
import { startOrder } from "../core/order.ts";
import { parseMarker } from "../core/run-marker.ts";
import { bootId } from "../io/boot.ts";
import { Children } from "../io/children.ts";
import { DaemonLock } from "../io/daemon-lock.ts";
import { findMarked } from "../io/process-identity.ts";
import { AdoptedWatch } from "../runtime/adopted-watch.ts";
import { Adoption } from "../runtime/adoption.ts";
import { Journal } from "../runtime/journal.ts";
import { KeptSockets } from "../runtime/kept-sockets.ts";
import { Leftovers } from "../runtime/leftovers.ts";
import type { Supervisor } from "../runtime/supervisor.ts";
import type { Outcome } from "./end.ts";

/** What stays in this process while the daemon starts over. */
export type Carried = {
  readonly lock: DaemonLock;
  readonly children: Children;
  readonly keptSockets: KeptSockets;
};

export function nothingCarried(): Carried {
  return { lock: new DaemonLock(), children: new Children(), keptSockets: new KeptSockets() };
}

/** What a run of the daemon takes over from the one before, and leaves to the next: the same for a crash and a restart. */
export class Continuity {
  readonly journal: Journal;
  readonly adopted = new AdoptedWatch();
  readonly carried: Carried;
  readonly leftovers: Leftovers;
  readonly #key: string;
  readonly #log: (level: LogLevel, message: string) => void;
  #past: Past = { kind: "none", processes: new Map() };

  constructor(
    folder: RuntimeFolder,
    carried: Carried,
    supervisor: () => Supervisor,
    log: (level: LogLevel, message: string) => void,
  ) {
    this.#key = daemonKey(folder);
    this.#log = log;
    this.carried = carried;
    const tell = (message: string | null) => supervisor().setFault("journal", message);
    this.journal = new Journal(folder.journal, { daemon: this.#key, boot: bootId() }, tell);
    this.leftovers = new Leftovers(this.adopted, log, (list) => supervisor().setLeftBehind(list));
  }

  /** Looks at what there is; only once the control socket is this daemon's: then no other one writes the journal. */
  read(): void {
    this.#past = this.journal.open();
    if (this.#past.kind === "foreign")
      this.#log("debug", "the journal is not of this daemon, and is not used");
  }

  /** Where the output of a process went before, if that is known. */
  logsOf(group: string, name: string): ProcessRecord["logs"] | null {
    return this.journal.isRemembered(group, name)
      ? (this.#past.processes.get(`${group}:${name}`)?.logs ?? null)
      : null;
  }

  /** The made-up names of logs that are still in use. */
  keptLogs(): ReadonlySet<string> {
    const logs = [...this.#past.processes.values()].flatMap(({ logs: { stdout, stderr } }) => [
      stdout,
      stderr,
    ]);
    return new Set(logs.filter((path) => path !== null));
  }

  /** Puts the groups in force: what lives goes on, and what starts by itself starts. */
  start(supervisor: Supervisor, { groups }: Configuration): void {
    const adoption = new Adoption(this.#past, this.#key, this.carried.children, this.#log);
    supervisor.open(startOrder(groups), adoption);
    const isThere = (group: string, name: string) => supervisor.groups.get(group)?.runners.has(name) ?? false;
    this.leftovers.add(adoption.leftBehind(isThere));
    this.carried.keptSockets.closeRest();
    for (const { group, name } of this.#past.processes.values()) {
      if (!isThere(group, name) && !this.leftovers.has(group, name)) this.journal.forget(group, name);
    }
  }

  /** After an orderly end nothing goes on, unless something outlived it: the next daemon must not take it for a program. */
  end(outcome: Outcome): void {
    this.adopted.close();
    if (outcome === "keep" || outcome === "handOver") this.journal.close();
    else if (findMarked((marker) => parseMarker(marker)?.daemon === this.#key).length > 0)
      this.journal.empty();
    else this.journal.remove();
  }
}
