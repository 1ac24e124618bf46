import * as vscode from "vscode";
import type { ProcessSnapshot } from "../../daemon/protocol/event-stream.ts";
import type { Plan, PlannedPlace } from "../../daemon/protocol/plan.ts";
import type { Log } from "../log.ts";
import { problemSentence } from "../model/incident-message.ts";
import { isDown } from "../model/incidents.ts";
import { processKey } from "../model/process-table.ts";
import type { ConfiguredServer } from "../servers/configured-server.ts";
import type { IncidentWatch } from "../servers/incident-watch.ts";
import { lastWords } from "../servers/last-words.ts";
import type { Servers } from "../servers/servers.ts";

/** Programs that fail for one reason do so within this time. */
const SETTLE_MS = 300;

/** Marks the command of each program that fails in the Problems panel, until it runs again or is stopped. */
export class IncidentProblems implements vscode.Disposable {
  readonly #servers: Servers;
  readonly #watch: IncidentWatch;
  readonly #log: Log;
  /** What the configurations would run, by their paths; places in them hold for a while. */
  readonly #plans = new Map<string, { readonly plan: Promise<Plan>; readonly at: number }>();
  readonly #problems = vscode.languages.createDiagnosticCollection("supervisord-programs");
  readonly #subscriptions: readonly vscode.Disposable[];
  /** By the path of the configuration: what fails, as it is told, and the marks for it. */
  readonly #told = new Map<string, { readonly what: string; readonly marks: readonly Mark[] }>();
  #timer: NodeJS.Timeout | undefined;

  constructor(servers: Servers, watch: IncidentWatch, log: Log) {
    this.#servers = servers;
    this.#watch = watch;
    this.#log = log;
    this.#subscriptions = [
      this.#problems,
      servers.onDidChange(() => this.#lookSoon()),
      vscode.workspace.onDidSaveTextDocument(({ uri }) => this.#saved(uri.fsPath)),
    ];
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** Lines may have moved. */
  #saved(file: string): void {
    this.#plans.clear();
    for (const [configFile, { marks }] of this.#told) {
      if (marks.some(({ place }) => place.file === file)) this.#told.set(configFile, { what: "", marks });
    }
    this.#lookSoon();
  }

  #lookSoon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#look().catch((error: unknown) => this.#log.warn(`cannot mark what fails: ${String(error)}`));
    }, SETTLE_MS);
  }

  async #look(): Promise<void> {
    for (const server of this.#servers.configured) {
      const failing = this.#watch.failing(server.key);
      const what = JSON.stringify(
        failing.map((one) => [processKey(one), one.state, one.exit, one.spawnError]),
      );
      if ((this.#told.get(server.configFile)?.what ?? NOTHING) === what) continue;
      this.#told.set(server.configFile, { what, marks: [] });
      const marks = failing.length === 0 ? [] : await this.#marksOf(server, failing);
      // Meanwhile more may have happened, which is looked at next.
      if (this.#told.get(server.configFile)?.what === what)
        this.#told.set(server.configFile, { what, marks });
    }
    const known = new Set(this.#servers.configured.map(({ configFile }) => configFile));
    for (const configFile of this.#told.keys()) if (!known.has(configFile)) this.#told.delete(configFile);
    this.#show();
  }

  async #marksOf(server: ConfiguredServer, failing: readonly ProcessSnapshot[]): Promise<Mark[]> {
    const { programs } = await this.#planOf(server);
    const marks = failing.map(async (process) => {
      const planned = programs.find((one) => processKey(one) === processKey(process));
      if (!planned?.place) return [];
      const words = server.client === null ? null : await lastWords(server.client, process);
      return [markAt(planned.place, process, problemSentence(process, words))];
    });
    return (await Promise.all(marks)).flat();
  }

  async #planOf(server: ConfiguredServer): Promise<Plan> {
    const { lastPlan } = server;
    if (lastPlan !== null && isAsRead(server, lastPlan)) return lastPlan;
    const known = this.#plans.get(server.configFile);
    if (known !== undefined && performance.now() - known.at < PLAN_HOLDS_MS) return known.plan;
    const plan = server.plan();
    this.#plans.set(server.configFile, { plan, at: performance.now() });
    return plan;
  }

  #show(): void {
    const marks = [...this.#told.values()].flatMap((told) => told.marks);
    this.#problems.clear();
    for (const [file, inFile] of Map.groupBy(marks, ({ place }) => place.file)) {
      this.#problems.set(
        vscode.Uri.file(file),
        inFile.map(({ diagnostic }) => diagnostic),
      );
    }
  }
}

const NOTHING = "[]";
const PLAN_HOLDS_MS = 10_000;

/** Whether the daemon tells that the configuration on disk is the one of the plan. */
function isAsRead({ view: { state } }: ConfiguredServer, { digest }: Plan): boolean {
  const info = state.kind === "connected" ? state.info : null;
  return info !== null && !info.configChanged && info.digest === digest;
}

type Mark = { readonly place: PlannedPlace; readonly diagnostic: vscode.Diagnostic };

function markAt(place: PlannedPlace, process: ProcessSnapshot, sentence: string): Mark {
  const range = new vscode.Range(place.line - 1, place.column - 1, place.endLine - 1, place.endColumn - 1);
  const { Error: error, Warning: warning } = vscode.DiagnosticSeverity;
  const diagnostic = new vscode.Diagnostic(range, sentence, isDown(process) ? error : warning);
  diagnostic.source = "supervisord";
  diagnostic.code = process.state;
  return { place, diagnostic };
}
