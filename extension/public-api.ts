import * as vscode from "vscode";
import type { ActOptions, Program, ProgramChange, ProgramName, SupervisordApi } from "./api.ts";
import { type ErrandAction, errandFor, USUAL_TIMEOUT_MS } from "./model/errand.ts";
import { changeBetween, programOf, programsOf } from "./model/programs.ts";
import { processesNow } from "./servers/processes-now.ts";
import { type ErrandParts, runErrand } from "./servers/run-errand.ts";
import type { Servers, WindowServer } from "./servers/servers.ts";

/** What `activate` returns to other extensions, and what ends with this one. */
export function createApi(parts: ErrandParts): { api: SupervisordApi; subscription: vscode.Disposable } {
  const { servers } = parts;
  const { onDidChange, subscription } = programChanges(servers);
  const act =
    (action: ErrandAction) =>
    async (name: ProgramName, options: ActOptions = {}): Promise<void> => {
      const { timeoutMs = USUAL_TIMEOUT_MS, token } = options;
      const cancelled = new AbortController();
      if (token?.isCancellationRequested) cancelled.abort();
      const listening = token?.onCancellationRequested(() => cancelled.abort());
      const errand = errandFor(action, name, timeoutMs);
      await runErrand(parts, errand, () => {}, cancelled.signal).finally(() => listening?.dispose());
    };
  const api: SupervisordApi = {
    version: 1,
    onDidChange,
    list: async () => (await Promise.all(servers.all.map(list))).flat(),
    start: act("start"),
    stop: act("stop"),
    restart: act("restart"),
    waitFor: act("wait"),
  };
  return { api, subscription };
}

/** Compares from the first listener on: most windows have none, and a supervisor of many programs tells much. */
function programChanges(servers: Servers) {
  const changed = new vscode.EventEmitter<ProgramChange>();
  let comparing: vscode.Disposable | null = null;
  const compare = (): vscode.Disposable => {
    let known: readonly Program[] = programsOf(servers.views);
    return servers.onDidChange(() => {
      const now = programsOf(servers.views);
      const change = changeBetween(known, now);
      known = now;
      if (change !== null) changed.fire(change);
    });
  };
  const onDidChange: vscode.Event<ProgramChange> = (...listener) => {
    comparing ??= compare();
    return changed.event(...listener);
  };
  const subscription = new vscode.Disposable(() => {
    comparing?.dispose();
    changed.dispose();
  });
  return { onDidChange, subscription };
}

async function list({ key, view, client }: WindowServer): Promise<readonly Program[]> {
  if (client === null) return [];
  const processes = await processesNow(client, view.state);
  return [...processes.values()].map((process) => programOf(key, process));
}
