import * as vscode from "vscode";
import { chooseServer, isConfigured } from "../choose-server.ts";
import type { CommandArguments } from "../model/command-arguments.ts";
import { t } from "../model/l10n.ts";
import { pendingTexts } from "../model/pending.ts";
import { serverTarget, targetId } from "../model/target.ts";
import type { Servers } from "../servers/servers.ts";

/** Of the two sides of a comparison; its query is the id of the server. */
const SCHEME = "supervisord-changes";

/** Compares the options in force with those on disk, program by program, in an editor of two sides. */
export class ChangeComparison implements vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #subscriptions: vscode.Disposable;

  constructor() {
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
        onDidChange: this.#changed.event,
        provideTextDocumentContent: (uri) => this.#texts.get(uri.toString()) ?? "",
      }),
    );
  }

  /** Shows what an update of the server that the arguments name, or that is picked, would change. */
  async show(servers: Servers, args: CommandArguments): Promise<void> {
    const server = await chooseServer(servers, args, isConfigured);
    if (server === null) return;
    await server.changes.check();
    const pending = server.changes.pending;
    if (pending?.kind !== "changes") {
      const words =
        pending === null ? t("{0} is in force: nothing has changed.", server.key) : pending.reason;
      await vscode.window.showInformationMessage(words);
      return;
    }
    const id = targetId(serverTarget(server.view));
    const { before, after } = pendingTexts(pending);
    const left = this.#put(t("in force"), id, before);
    const right = this.#put(t("on disk"), id, after);
    const title = t("{0}: in force ↔ on disk", server.key);
    await vscode.commands.executeCommand("vscode.diff", left, right, title, { preview: true });
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #put(name: string, id: string, text: string): vscode.Uri {
    // Not the name of a configuration, which it would be taken for.
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${name}.ini`, query: id });
    this.#texts.set(uri.toString(), text);
    this.#changed.fire(uri);
    return uri;
  }
}

/** The arguments of a command; that of a button in a comparison names the server of the comparison. */
export function serverArguments(args: CommandArguments): CommandArguments {
  const [uri] = args;
  return uri instanceof vscode.Uri && uri.scheme === SCHEME ? [uri.query] : args;
}
