import { realpath } from "node:fs/promises";
import { dirname, isAbsolute, resolve } from "node:path";
import * as vscode from "vscode";
import { processesOf } from "../model/acts.ts";
import { type FileMention, fileMentions } from "../model/log-links.ts";
import { processKey } from "../model/process-table.ts";
import type { Target } from "../model/target.ts";
import type { Servers } from "../servers/servers.ts";
import { ptyOf } from "./log-views.ts";

/** A file of the workspace that a log terminal mentions. Addresses of web pages are links of the editor's own. */
class FileLink extends vscode.TerminalLink {
  readonly uri: vscode.Uri;
  readonly mention: FileMention;

  constructor(uri: vscode.Uri, mention: FileMention) {
    super(mention.start, mention.length, vscode.workspace.asRelativePath(uri));
    this.uri = uri;
    this.mention = mention;
  }
}

/** Links what the logs in our terminals mention, relative to the program's `directory=` too, to files of the workspace. */
export function registerLogLinks(servers: Servers): vscode.Disposable {
  const folders = new ProgramFolders(servers);
  return vscode.window.registerTerminalLinkProvider({
    async provideTerminalLinks({ line, terminal }) {
      const pty = ptyOf(terminal);
      if (pty === null || !vscode.workspace.isTrusted) return [];
      const mentions = fileMentions(line);
      if (mentions.length === 0) return [];
      const bases = await folders.of(pty.target);
      const links = await Promise.all(mentions.map((mention) => findFile(mention, bases)));
      return links.filter((link) => link !== null);
    },
    async handleTerminalLink(link) {
      if (!(link instanceof FileLink)) return;
      const { uri, mention } = link;
      const position = new vscode.Position(Math.max(0, mention.line - 1), Math.max(0, mention.column - 1));
      await vscode.window.showTextDocument(uri, { selection: new vscode.Range(position, position) });
    },
  });
}

/** The file that is meant, if there is one and it is in the workspace, wherever symbolic links lead. */
async function findFile(mention: FileMention, bases: readonly string[]): Promise<FileLink | null> {
  const candidates = isAbsolute(mention.path)
    ? [mention.path]
    : bases.map((base) => resolve(base, mention.path));
  for (const path of candidates) {
    const uri = vscode.Uri.file(path);
    const real = vscode.Uri.file(await realpath(path).catch(() => path));
    if (!(await isInWorkspace(real)) || !(await isFile(real))) continue;
    return new FileLink(vscode.workspace.getWorkspaceFolder(uri) === undefined ? real : uri, mention);
  }
  return null;
}

async function isInWorkspace(uri: vscode.Uri): Promise<boolean> {
  if (vscode.workspace.getWorkspaceFolder(uri) !== undefined) return true;
  const folders = vscode.workspace.workspaceFolders ?? [];
  const roots = await Promise.all(folders.map(({ uri: { fsPath } }) => realpath(fsPath).catch(() => fsPath)));
  return roots.some((root) => uri.fsPath.startsWith(`${root}/`));
}

async function isFile(uri: vscode.Uri): Promise<boolean> {
  const stat = await Promise.resolve(vscode.workspace.fs.stat(uri)).catch(() => null);
  return stat !== null && (stat.type & vscode.FileType.File) !== 0;
}

/** Where the programs of a server run, as its supervisor tells; asked once for each connection. */
class ProgramFolders {
  readonly #servers: Servers;
  readonly #asked = new WeakMap<object, Promise<ReadonlyMap<string, string>>>();

  constructor(servers: Servers) {
    this.#servers = servers;
  }

  /** The folders that relative paths in a target's logs may start from, the likeliest first. */
  async of(target: Target): Promise<readonly string[]> {
    const server = this.#servers.find(target.server);
    const own = await this.#directories(target);
    const config = server?.view.configFile ? [dirname(server.view.configFile)] : [];
    const roots = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
    return [...new Set([...own, ...config, ...roots])];
  }

  async #directories(target: Target): Promise<readonly string[]> {
    const client = this.#servers.find(target.server)?.client;
    if (!client) return [];
    let asked = this.#asked.get(client);
    if (asked === undefined) {
      asked = client.getAllConfigInfo().then(
        (infos) =>
          new Map(
            infos.flatMap(({ group, name, directory }) =>
              directory === null ? [] : [[processKey({ group, name }), directory]],
            ),
          ),
        // A server that is only for looking does not tell.
        () => new Map(),
      );
      this.#asked.set(client, asked);
    }
    const directories = await asked;
    return processesOf(this.#servers.views, target).flatMap((one) => directories.get(processKey(one)) ?? []);
  }
}
