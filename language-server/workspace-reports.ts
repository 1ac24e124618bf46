import { setTimeout as pause } from "node:timers/promises";
import {
  type CancellationToken,
  LSPErrorCodes,
  type PreviousResultId,
  ResponseError,
  type WorkspaceDiagnosticReport,
  type WorkspaceDocumentDiagnosticReport,
} from "vscode-languageserver";
import type { ConfigurationFiles } from "./configuration-files.ts";
import { uriOfPath } from "./files.ts";
import type { Diagnoses } from "./told.ts";
import type { Workspace } from "./workspace.ts";

/** How long a pause after a change has to be before files that nobody looks at are judged anew. */
const PAUSE_MS = 300;

/** What is wrong in the configurations of the workspace that are not open; what is, the client asks about one by one. */
export class WorkspaceReports {
  readonly #workspace: Workspace;
  readonly #files: ConfigurationFiles;

  constructor(workspace: Workspace, files: ConfigurationFiles) {
    this.#workspace = workspace;
    this.#files = files;
  }

  /** The answer to a client that asks; where nothing has changed, it comes when something has. */
  async report(
    previous: readonly PreviousResultId[],
    diagnoses: Diagnoses,
    changed: () => Promise<void>,
    cancelled: CancellationToken,
  ): Promise<WorkspaceDiagnosticReport> {
    const stopped = new Promise<void>((resolve) => cancelled.onCancellationRequested(() => resolve()));
    for (;;) {
      const change = changed();
      const items = await this.#items(previous, diagnoses);
      if (previous.length === 0 || items.some(({ kind }) => kind === "full")) return { items };
      await Promise.race([change, stopped]);
      if (!cancelled.isCancellationRequested) await pause(PAUSE_MS);
      if (cancelled.isCancellationRequested) {
        throw new ResponseError(LSPErrorCodes.RequestCancelled, "The request was cancelled.");
      }
    }
  }

  async #items(
    previous: readonly PreviousResultId[],
    diagnoses: Diagnoses,
  ): Promise<WorkspaceDocumentDiagnosticReport[]> {
    const known = new Map(previous.map(({ uri, value }) => [uri, value]));
    const open = new Set(this.#workspace.openUris());
    const items: WorkspaceDocumentDiagnosticReport[] = [];
    for (const uri of this.#withParts(await this.#files.all())) {
      if (open.has(uri)) continue;
      const { resultId, items: found } = diagnoses.onDisk(uri);
      const isKnown = known.get(uri) === resultId;
      known.delete(uri);
      items.push(
        isKnown
          ? { kind: "unchanged", resultId, uri, version: null }
          : { kind: "full", resultId, items: found, uri, version: null },
      );
    }
    // What is no more, or open now, has nothing to be told here.
    for (const uri of known.keys())
      if (!open.has(uri)) items.push({ kind: "full", items: [], uri, version: null });
    return items;
  }

  /** The URIs of configurations and of all that they include. */
  #withParts(paths: readonly string[]): Set<string> {
    return new Set(
      paths.flatMap((path) => {
        const uri = uriOfPath(path);
        const parts = this.#workspace.judgeOnDisk(uri)?.reading.documents.keys() ?? [];
        return [uri, ...Array.from(parts, uriOfPath)];
      }),
    );
  }
}
