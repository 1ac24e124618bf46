import type { ServerAddress } from "../../daemon/client/address.ts";
import { followEvents } from "../../daemon/client/event-stream.ts";
import { createRpcClient, type RpcClient } from "../../daemon/client/rpc.ts";
import type { ServerInfo } from "../../daemon/protocol/event-stream.ts";
import type { WindowPolicy } from "../../daemon/protocol/window-policy.ts";
import { type Configured, snapshotOf } from "../model/polled-process.ts";
import { pollDelayMs } from "../model/polling.ts";
import { applyEvent, type ProcessTable, processKey, tableOf } from "../model/process-table.ts";

/** What a connection tells of its supervisor. */
export type ConnectionHandlers = {
  onProcesses(info: ServerInfo | null, processes: ProcessTable): void;
  /** The supervisor is gone, or its connection broke; nothing follows. */
  onLost(reason: string): void;
};

/** A supervisor that is being watched. */
export type Connection = {
  /** Whether somebody looks; a supervisor that tells no changes is only asked then. */
  setWatched(watched: boolean): void;
  /** Takes note at once of what an act changed. */
  refresh(): void;
  close(): void;
};

/** What a supervisor is told of the window that watches it. */
export type Watcher = { readonly isWatched: boolean; readonly policy: WindowPolicy };

/** Watches a supervisor: by its event stream where it has one, else by asking. */
export function connect(address: ServerAddress, watcher: Watcher, handlers: ConnectionHandlers): Connection {
  let { isWatched } = watcher;
  let polling: Connection | null = null;
  let info: ServerInfo | null = null;
  let processes: ProcessTable = new Map();
  const stream = followEvents(
    address,
    { window: watcher.policy },
    {
      onEvent(event) {
        if (event.type === "snapshot" || event.type === "server") info = event.server;
        processes = applyEvent(processes, event);
        handlers.onProcesses(info, processes);
      },
      onStatus(status) {
        if (status === "open") return;
        stream.close();
        if (status === "unsupported") polling = poll(address, isWatched, handlers);
        else handlers.onLost(status.closed);
      },
    },
  );
  return {
    setWatched(next) {
      isWatched = next;
      polling?.setWatched(next);
    },
    refresh: () => polling?.refresh(),
    close() {
      stream.close();
      polling?.close();
    },
  };
}

function poll(address: ServerAddress, watched: boolean, handlers: ConnectionHandlers): Connection {
  const client = createRpcClient(address);
  let timer: NodeJS.Timeout | undefined;
  let isWatched = watched;
  let closed = false;
  let quietRounds = 0;
  let last = "";
  let configured: ReadonlyMap<string, Configured> = new Map();
  let knownNames = "";

  async function ask(): Promise<void> {
    clearTimeout(timer);
    try {
      const infos = await client.getAllProcessInfo();
      if (closed) return;
      const names = infos.map(processKey).join();
      if (names !== knownNames) {
        configured = await configurations(client);
        knownNames = names;
      }
      if (closed) return;
      const table = tableOf(infos.map((info) => snapshotOf(info, configured.get(processKey(info)) ?? null)));
      const text = JSON.stringify([...table]);
      quietRounds = text === last ? quietRounds + 1 : 0;
      if (text !== last) handlers.onProcesses(null, table);
      last = text;
      clearTimeout(timer);
      if (isWatched) timer = setTimeout(ask, pollDelayMs(quietRounds));
    } catch (error) {
      if (closed) return;
      close();
      handlers.onLost(error instanceof Error ? error.message : String(error));
    }
  }
  function close(): void {
    closed = true;
    clearTimeout(timer);
  }
  function refresh(): void {
    quietRounds = 0;
    void ask();
  }

  void ask();
  return {
    setWatched(next) {
      if (next === isWatched) return;
      isWatched = next;
      if (next) refresh();
      else clearTimeout(timer);
    },
    refresh,
    close,
  };
}

/** By `group:name`; empty for a server that does not tell. */
async function configurations(client: RpcClient): Promise<ReadonlyMap<string, Configured>> {
  const configs = await client.getAllConfigInfo().catch(() => []);
  return new Map(configs.map((config) => [processKey(config), config]));
}
