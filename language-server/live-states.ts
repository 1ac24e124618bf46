import type { Connection } from "vscode-languageserver";
import { type LiveLookup, processLookup } from "./features/live.ts";
import { headerName } from "./features/program-occurrences.ts";
import { mainFile, type Site } from "./features/site.ts";
import { LIVE_SERVERS, type LiveProcess, type LiveServer, type LiveServers } from "./requests.ts";

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

  /** The configurations of other supervisors that run something of a name now, as `siteOf` reads them. */
  elsewhere(site: Site, name: string, siteOf: (configFile: string) => Site | null): readonly Site[] {
    const main = mainFile(site);
    return this.#servers.flatMap(({ configFile, processes }) => {
      const running = processes.filter(({ pid }) => pid !== null);
      const other = configFile === main || running.length === 0 ? null : siteOf(configFile);
      return other !== null && isAmong(running, other, name) ? [other] : [];
    });
  }
}

function isAmong(running: readonly LiveProcess[], site: Site, name: string): boolean {
  const lookup = processLookup(site, running);
  return [...site.documents.values()].some(({ sections }) =>
    sections.some((section) => headerName(section)?.name === name && lookup(section).length > 0),
  );
}
