import * as vscode from "vscode";
import type { Plan } from "../../daemon/protocol/plan.ts";
import { type Consent, commandList, consentQuestion, consentTo } from "../model/consent.ts";
import { t } from "../model/l10n.ts";

const SCHEME = "supervisord-commands";

/** Asks before commands of a workspace are run, and remembers what was agreed to. */
export class ConsentDialog implements vscode.Disposable {
  readonly #memory: vscode.Memento;
  readonly #lists = new Map<string, string>();
  readonly #subscription: vscode.Disposable;

  constructor(memory: vscode.Memento) {
    this.#memory = memory;
    this.#subscription = vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
      provideTextDocumentContent: (uri) => this.#lists.get(uri.path) ?? "",
    });
  }

  /** Whether the plan may be run; asks unless the same was agreed to before. `button` is the word for yes. */
  async ask(plan: Plan, label: string, button: string): Promise<boolean> {
    const key = `consent:${plan.configFile}`;
    const consent = consentTo(plan);
    const before = this.#memory.get<Consent>(key) ?? null;
    if (consent === null) return false;
    if (before?.digest === consent.digest) return true;
    if (!(await this.#askAnew(plan, label, button, before))) return false;
    await this.#memory.update(key, consent);
    return true;
  }

  /** Takes a plan for agreed to, where the user wrote it and wants it run. */
  async agree(plan: Plan): Promise<void> {
    await this.#memory.update(`consent:${plan.configFile}`, consentTo(plan));
  }

  /** Whether an answer of no was given to this plan the last time that it was asked by itself. */
  wasDeclined(plan: Plan): boolean {
    return this.#memory.get<string>(`declined:${plan.configFile}`) === plan.digest;
  }

  /** Remembers a no, so that opening the folder does not ask it again. */
  async decline(plan: Plan): Promise<void> {
    await this.#memory.update(`declined:${plan.configFile}`, plan.digest);
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  async #askAnew(plan: Plan, label: string, button: string, before: Consent | null): Promise<boolean> {
    const { message, detail, shortened } = consentQuestion(plan, label, before);
    const showAll = t("Show All");
    const buttons = shortened ? [button, showAll] : [button];
    const answer = await vscode.window.showInformationMessage(message, { modal: true, detail }, ...buttons);
    if (answer !== showAll) return answer === button;
    await this.#showAll(plan, label);
    // A modal question would cover the list that it asks about.
    return (await vscode.window.showInformationMessage(message, button, t("Cancel"))) === button;
  }

  async #showAll(plan: Plan, label: string): Promise<void> {
    const uri = vscode.Uri.from({
      scheme: SCHEME,
      path: `${plan.configFile} ${plan.digest}/${t("Commands")}`,
    });
    this.#lists.set(uri.path, commandList(plan, label));
    await vscode.window.showTextDocument(uri, { preview: true });
  }
}
