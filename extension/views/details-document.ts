import * as vscode from "vscode";
import type { CloserLook } from "../closer-look.ts";
import { processesOf } from "../model/acts.ts";
import { t } from "../model/l10n.ts";
import { processDetails } from "../model/process-details.ts";
import { findTarget } from "../model/target.ts";
import type { ProcessTarget } from "../ports/program-ports.ts";
import type { Servers } from "../servers/servers.ts";

const SCHEME = "supervisord-details";
const LINES = 40;
const BURST_MS = 200;

/** The documents that tell all about a process; they follow it while they are open. */
export class DetailsDocuments implements vscode.Disposable {
  readonly #servers: Servers;
  readonly #look: CloserLook;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #subscriptions: vscode.Disposable[];
  #timer: NodeJS.Timeout | undefined;

  constructor(servers: Servers, look: CloserLook) {
    this.#servers = servers;
    this.#look = look;
    this.#subscriptions = [
      this.#changed,
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
        onDidChange: this.#changed.event,
        provideTextDocumentContent: (uri) => this.#text(uri),
      }),
      servers.onDidChange(() => {
        this.#timer ??= setTimeout(() => this.#refresh(), BURST_MS);
      }),
    ];
  }

  /** Opens the document of a process. */
  async show(id: string, target: ProcessTarget): Promise<void> {
    const path = `/${t("{0}: Details", target.name)}`;
    const uri = vscode.Uri.from({ scheme: SCHEME, path, query: id });
    await vscode.window.showTextDocument(uri, { preview: true });
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #refresh(): void {
    this.#timer = undefined;
    for (const { uri } of vscode.workspace.textDocuments) {
      if (uri.scheme === SCHEME) this.#changed.fire(uri);
    }
  }

  async #text({ query }: vscode.Uri): Promise<string> {
    const target = findTarget(this.#servers.views, query);
    const [process] = target === null ? [] : processesOf(this.#servers.views, target);
    if (target?.kind !== "process" || process === undefined)
      return t("There is no program {0} in this window.", query);
    const closer = await this.#look.at(target, LINES);
    return processDetails(process, closer, Date.now(), (at) => new Date(at).toLocaleString());
  }
}
