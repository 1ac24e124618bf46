import type { Connection } from "vscode-languageserver";
import { type LiveLookup, processLookup } from "./features/live.ts";
import { mainFile, type Site } from "./features/site.ts";
import { LIVE_SERVERS, type LiveServer, type LiveServers } from "./requests.ts";

/** What the client last told of running supervisors. */
export class LiveStates {
  #servers: readonly LiveServer[] = [];

  /** Takes what the client tells; `changed` is called after each time. */
  listen(connection: Connection, changed: () => Promise<void>): void {
    connection.onNotification(LIVE_SERVERS, ({ servers }: LiveServers) => {
      this.#servers = servers;
      return changed();
    });
  }

  /** Finds the processes of a configuration by section. */
  lookup(site: Site): LiveLookup {
    const main = mainFile(site);
    const processes = this.#servers.find(({ configFile }) => configFile === main)?.processes ?? [];
    return processLookup(site, processes);
  }
}
