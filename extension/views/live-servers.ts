import * as vscode from "vscode";
import type { LiveServers } from "../../language-server/requests.ts";
import { liveServers } from "../model/live-servers.ts";
import type { Servers } from "../servers/servers.ts";

/** Changes that belong together, such as those of a whole group, are told as one. */
const BURST_MS = 50;

/** Tells the language server what runs, at once and whenever it changes. */
export function tellLiveServers(servers: Servers, tell: (live: LiveServers) => void): vscode.Disposable {
  let told = "";
  let timer: NodeJS.Timeout | undefined;
  const tellNow = () => {
    timer = undefined;
    const live = liveServers(servers.views);
    const text = JSON.stringify(live);
    if (text === told) return;
    told = text;
    tell(live);
  };
  const subscription = servers.onDidChange(() => {
    timer ??= setTimeout(tellNow, BURST_MS);
  });
  tellNow();
  return vscode.Disposable.from(subscription, { dispose: () => clearTimeout(timer) });
}
