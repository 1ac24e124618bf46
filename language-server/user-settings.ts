import {
  type ClientCapabilities,
  type Connection,
  DidChangeConfigurationNotification,
  type WorkspaceFolder,
} from "vscode-languageserver";
import { pathOfUri } from "./files.ts";
import { type Settings, settingsIn } from "./settings.ts";

type Use = (settings: Settings, ofFolders: ReadonlyMap<string, Settings>) => Promise<void>;

/** The section of the editor's settings that is ours. */
const SECTION = "supervisord";

/** The user's settings: asked of the client for each folder where it can be asked, else as it sends them. */
export class UserSettings {
  readonly #connection: Connection;
  readonly #use: Use;
  #folders: readonly WorkspaceFolder[] = [];
  #canAsk = false;
  #canRegister = false;
  /** What is in use, as text: nothing is read anew for settings that have not changed. */
  #used = JSON.stringify([settingsIn(null), []]);

  constructor(connection: Connection, use: Use) {
    this.#connection = connection;
    this.#use = use;
  }

  /** Fits the way of asking to what the client can do. */
  suit({ workspace }: ClientCapabilities, folders: readonly WorkspaceFolder[]): void {
    this.#canAsk = workspace?.configuration ?? false;
    this.#canRegister = workspace?.didChangeConfiguration?.dynamicRegistration ?? false;
    this.#folders = folders;
  }

  /** Asks for the settings, and to be told when they change. */
  async begin(): Promise<void> {
    if (this.#canAsk && this.#canRegister) {
      const { type } = DidChangeConfigurationNotification;
      await this.#connection.client.register(type, { section: SECTION });
    }
    if (this.#canAsk) await this.#ask();
  }

  /** The client says that settings have changed; one that can be asked may leave out which. */
  async changed(sent: unknown): Promise<void> {
    if (this.#canAsk) await this.#ask();
    else await this.#take(settingsIn(sent), []);
  }

  /** The folders of the workspace are others. */
  async foldersChanged(
    added: readonly WorkspaceFolder[],
    removed: readonly WorkspaceFolder[],
  ): Promise<void> {
    const gone = new Set(removed.map(({ uri }) => uri));
    this.#folders = [...this.#folders.filter(({ uri }) => !gone.has(uri)), ...added];
    if (this.#canAsk) await this.#ask();
  }

  async #ask(): Promise<void> {
    const folders = this.#folders;
    const scopes = folders.map(({ uri }) => ({ section: SECTION, scopeUri: uri }));
    const answers: unknown[] = await this.#connection.workspace.getConfiguration([
      { section: SECTION },
      ...scopes,
    ]);
    const [everywhere, ...own] = answers.map((answer) => settingsIn({ [SECTION]: answer }));
    const byFolder = folders.flatMap(({ uri }, index): [string, Settings][] => {
      const settings = own[index];
      return settings === undefined ? [] : [[pathOfUri(uri), settings]];
    });
    await this.#take(everywhere ?? settingsIn(null), byFolder);
  }

  async #take(everywhere: Settings, byFolder: readonly [string, Settings][]): Promise<void> {
    const text = JSON.stringify([everywhere, byFolder]);
    if (text === this.#used) return;
    this.#used = text;
    await this.#use(everywhere, new Map(byFolder));
  }
}
