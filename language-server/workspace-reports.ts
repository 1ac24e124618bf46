import { setTimeout as pause } from "node:timers/promises";
import type {
  CancellationToken,
  PreviousResultId,
  WorkDoneProgressReporter,
  WorkspaceDiagnosticReport,
  WorkspaceDocumentDiagnosticReport,
} from "vscode-languageserver";
import type { ConfigurationFiles } from "./configuration-files.ts";
import { refuseCancelled } from "./current.ts";
import { uriOfPath } from "./files.ts";
import type { Progress } from "./progress.ts";
import type { Diagnoses } from "./told.ts";
import { Slices } from "./turns.ts";
import type { Workspace } from "./workspace.ts";

/** How long a pause after a change has to be before files that nobody looks at are judged anew. */
const PAUSE_MS = 300;

/** What is wrong in the configurations of the workspace that are not open; what is, the client asks about one by one. */
export class WorkspaceReports {
  readonly #workspace: Workspace;
  readonly #files: ConfigurationFiles;
  readonly #progress: Progress;

  constructor(workspace: Workspace, files: ConfigurationFiles, progress: Progress) {
    this.#workspace = workspace;
    this.#files = files;
    this.#progress = progress;
  }

  /** The answer to a client that asks; where nothing has changed, it comes when something has. */
  async report(
    previous: readonly PreviousResultId[],
    diagnoses: Diagnoses,
    changed: () => Promise<void>,
    cancelled: CancellationToken,
    asked: WorkDoneProgressReporter | null,
  ): Promise<WorkspaceDiagnosticReport> {
    const stopped = new Promise<void>((resolve) => cancelled.onCancellationRequested(() => resolve()));
    for (;;) {
      const change = changed();
      const read = () => this.#items(previous, diagnoses, cancelled);
      const items = await this.#progress.during(read, asked);
      if (previous.length === 0 || items.some(({ kind }) => kind === "full")) return { items };
      await Promise.race([change, stopped]);
      if (!cancelled.isCancellationRequested) await pause(PAUSE_MS);
      refuseCancelled(cancelled);
    }
  }

  async #items(
    previous: readonly PreviousResultId[],
    diagnoses: Diagnoses,
    cancelled: CancellationToken,
  ): Promise<WorkspaceDocumentDiagnosticReport[]> {
    const known = new Map(previous.map(({ uri, value }) => [uri, value]));
    const open = new Set(this.#workspace.openUris());
    const items: WorkspaceDocumentDiagnosticReport[] = [];
    const slices = new Slices();
    for (const uri of await this.#withParts(await this.#files.all(), cancelled)) {
      if (open.has(uri)) continue;
      await slices.pause();
      await this.#workspace.readWhole(uri, () => refuseCancelled(cancelled));
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
  async #withParts(paths: readonly string[], cancelled: CancellationToken): Promise<Set<string>> {
    const found = new Set<string>();
    const slices = new Slices();
    for (const path of paths) {
      await slices.pause();
      refuseCancelled(cancelled);
      const uri = uriOfPath(path);
      await this.#workspace.readWhole(uri, () => refuseCancelled(cancelled));
      found.add(uri);
      const parts = this.#workspace.judgeOnDisk(uri)?.reading.documents.keys() ?? [];
      for (const part of parts) found.add(uriOfPath(part));
    }
    return found;
  }
}
