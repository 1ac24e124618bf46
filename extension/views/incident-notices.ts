import * as vscode from "vscode";
import { inARow, incidentSentence, incidentsSentence } from "../model/incident-message.ts";
import { t } from "../model/l10n.ts";
import { type MutedProgram, mutedProgram } from "../model/muted.ts";
import { targetId } from "../model/target.ts";
import type { MutedPrograms } from "../muted-programs.ts";
import { type PortTrouble, portTrouble } from "../ports/port-taken.ts";
import type { IncidentWatch, ServerIncident } from "../servers/incident-watch.ts";
import { lastWords } from "../servers/last-words.ts";
import type { Servers } from "../servers/servers.ts";

/** Programs that fail for one reason do so within this time. */
const GATHER_MS = 1000;
/** What fails after a message was shown waits for this long, so that a chain of failures does not fill the window. */
const LEAST_GAP_MS = 5000;

/** Tells once of each program that died, many at once in one message. */
export class IncidentNotices implements vscode.Disposable {
  readonly #servers: Servers;
  readonly #muted: MutedPrograms;
  readonly #subscription: vscode.Disposable;
  #gathered: ServerIncident[] = [];
  #timer: NodeJS.Timeout | undefined;
  #shownAt = -LEAST_GAP_MS;

  constructor(servers: Servers, watch: IncidentWatch, muted: MutedPrograms) {
    this.#servers = servers;
    this.#muted = muted;
    this.#subscription = watch.onDidHappen((incidents) => this.#gather(incidents));
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#subscription.dispose();
  }

  #gather(incidents: readonly ServerIncident[]): void {
    this.#gathered.push(
      ...incidents.filter((one) => !this.#programsOf([one]).some((program) => this.#muted.has(program))),
    );
    if (this.#gathered.length === 0 || this.#timer !== undefined) return;
    const sinceMs = performance.now() - this.#shownAt;
    this.#timer = setTimeout(() => void this.#show(), Math.max(GATHER_MS, LEAST_GAP_MS - sinceMs));
  }

  async #show(): Promise<void> {
    this.#timer = undefined;
    this.#shownAt = performance.now();
    const told = this.#gathered;
    this.#gathered = [];
    const isUp = told.every(({ incident }) => incident.fate === "restarted");
    const report = isUp ? vscode.window.showWarningMessage : vscode.window.showErrorMessage;
    const isOne = told.length === 1;
    const taken = await this.#portTroubleOf(told);
    const whatHappened = await this.#sentenceFor(told);
    const sentence = taken === null ? whatHappened : inARow(whatHappened, taken.sentence);
    const [restart, show, mute] = [t("Restart"), isOne ? t("Show Log") : t("Show Programs"), t("Mute")];
    // Another try would fail alike as long as the port is taken.
    const free = taken === null ? restart : t("Free Port {0}…", taken.port);
    const choice = await report(sentence, free, show, mute);
    const ids = told.map(idOf);
    if (choice === free && taken !== null) await vscode.commands.executeCommand("supervisord.freePort", ids);
    if (choice === restart) await vscode.commands.executeCommand("supervisord.restart", ids);
    if (choice === mute) await this.#muted.mute(this.#programsOf(told));
    if (choice === show && isOne) await vscode.commands.executeCommand("supervisord.showOutput", ids);
    if (choice === show && !isOne) await vscode.commands.executeCommand("supervisord.programs.focus");
  }

  async #sentenceFor(told: readonly ServerIncident[]): Promise<string> {
    const [only, ...others] = told;
    if (only === undefined || others.length > 0)
      return incidentsSentence(told.map(({ incident }) => incident));
    const client = this.#servers.find(only.server)?.client ?? null;
    const words = client === null ? null : await lastWords(client, only.incident.process);
    return incidentSentence(only.incident, words);
  }

  async #portTroubleOf([only, ...others]: readonly ServerIncident[]): Promise<PortTrouble | null> {
    if (only === undefined || others.length > 0 || only.incident.fate === "restarted") return null;
    const { group, name } = only.incident.process;
    return portTrouble(this.#servers, { kind: "process", server: only.server, group, name });
  }

  #programsOf(incidents: readonly ServerIncident[]): MutedProgram[] {
    return incidents.flatMap(({ server, incident }) => {
      const found = this.#servers.find(server);
      return found === undefined ? [] : [mutedProgram(found, incident.process)];
    });
  }
}

function idOf({ server, incident }: ServerIncident): string {
  const { group, name } = incident.process;
  return targetId({ kind: "process", server, group, name });
}
