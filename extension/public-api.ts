import * as vscode from "vscode";
import type { ActOptions, Program, ProgramChange, ProgramName, SupervisordApi } from "./api.ts";
import { type ErrandAction, errandFor, USUAL_TIMEOUT_MS } from "./model/errand.ts";
import { snapshotOf } from "./model/polled-process.ts";
import { changeBetween, programOf, programsOf } from "./model/programs.ts";
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

/** One that tells no changes is asked: what was seen of it last may be long ago. */
async function list({ key, view, client }: WindowServer): Promise<readonly Program[]> {
  const { state } = view;
  if (state.kind !== "connected" || state.info !== null || client === null) return programsOf([view]);
  return (await client.getAllProcessInfo()).map((info) => programOf(key, snapshotOf(info)));
}
