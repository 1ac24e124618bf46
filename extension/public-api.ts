import * as vscode from "vscode";
import type { ActOptions, Program, ProgramChange, ProgramName, SupervisordApi } from "./api.ts";
import { type ErrandAction, errandFor, USUAL_TIMEOUT_MS } from "./model/errand.ts";
import { changeBetween, programOf, programsOf } from "./model/programs.ts";
import { processesNow } from "./servers/processes-now.ts";
import { type ErrandParts, runErrand } from "./servers/run-errand.ts";
import type { WindowServer } from "./servers/servers.ts";

/** What `activate` returns to other extensions, and what ends with this one. */
export function createApi(parts: ErrandParts): { api: SupervisordApi; subscription: vscode.Disposable } {
  const { servers } = parts;
  const changed = new vscode.EventEmitter<ProgramChange>();
  let known: readonly Program[] = programsOf(servers.views);
  const listening = servers.onDidChange(() => {
    const now = programsOf(servers.views);
    const change = changeBetween(known, now);
    known = now;
    if (change !== null) changed.fire(change);
  });
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
    onDidChange: changed.event,
    list: async () => (await Promise.all(servers.all.map(list))).flat(),
    start: act("start"),
    stop: act("stop"),
    restart: act("restart"),
    waitFor: act("wait"),
  };
  return { api, subscription: vscode.Disposable.from(changed, listening) };
}

async function list({ key, view, client }: WindowServer): Promise<readonly Program[]> {
  if (client === null) return [];
  const processes = await processesNow(client, view.state);
  return [...processes.values()].map((process) => programOf(key, process));
}
