import { type Credentials, describeAddress, type ServerAddress } from "../../daemon/client/address.ts";
import { createRpcClient, type RpcClient } from "../../daemon/client/rpc.ts";
import { reconnectDelayMs } from "../model/polling.ts";
import type { Server, ServerState } from "../model/server.ts";
import type { AddedServerEntry } from "./added-entries.ts";
import { type Connection, connect } from "./connection.ts";
import { type Found, findAtOwnServer } from "./find.ts";

/** What an added server needs of the extension. */
type Around = {
  readonly credentials: (url: string) => Promise<Credentials>;
  readonly onChange: () => void;
};

/** A supervisor that was added by its address, on this machine or another: it is watched, and never started from here. */
export class AddedServer {
  readonly key: string;
  readonly configFile = null;
  /** Without user name and password. */
  readonly url: string;
  readonly #around: Around;
  #state: ServerState = { kind: "looking" };
  #connection: Connection | null = null;
  #client: RpcClient | null = null;
  #watched = false;
  #isDisposed = false;
  #looking: Promise<void> | null = null;
  /** How often in a row the supervisor went away before it told anything. */
  #losses = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor({ key, url }: AddedServerEntry, around: Around) {
    this.key = key;
    this.url = url;
    this.#around = around;
  }

  /** What is known now, for the model. */
  get view(): Server {
    return { key: this.key, configFile: null, url: this.url, state: this.#state };
  }

  /** For calls to the supervisor while it is connected. */
  get client(): RpcClient | null {
    return this.#client;
  }

  setWatched(watched: boolean): void {
    this.#watched = watched;
    this.#connection?.setWatched(watched);
  }

  /** Looks at once for what an act changed. */
  refresh(): void {
    this.#connection?.refresh();
  }

  /** Looks for the supervisor unless it is connected. */
  look(): Promise<void> {
    this.#looking ??= this.#lookNow().finally(() => {
      this.#looking = null;
    });
    return this.#looking;
  }

  dispose(): void {
    this.#isDisposed = true;
    clearTimeout(this.#timer);
    this.#disconnect();
  }

  async #lookNow(): Promise<void> {
    if (this.#connection !== null || this.#isDisposed) return;
    const found = await this.#find();
    if (this.#isDisposed) return;
    if (found.kind === "server") this.#connect(found.address);
    else this.#set(found.kind === "none" ? { kind: "notRunning" } : found);
  }

  async #find(): Promise<Found> {
    try {
      return await findAtOwnServer(this.url, await this.#around.credentials(this.url));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return { kind: "unreachable", reason, cause: "other" };
    }
  }

  #connect(address: ServerAddress): void {
    this.#client = createRpcClient(address);
    this.#connection = connect(
      address,
      { isWatched: this.#watched, policy: { kind: "keep" } },
      {
        onProcesses: (info, processes) => {
          this.#losses = 0;
          this.#set({ kind: "connected", address: describeAddress(address), info, processes });
        },
        onLost: (reason) => {
          this.#disconnect();
          if (this.#isDisposed) return;
          this.#set({ kind: "unreachable", reason, cause: "other" });
          clearTimeout(this.#timer);
          this.#timer = setTimeout(() => void this.look(), reconnectDelayMs(this.#losses++));
        },
      },
    );
  }

  #disconnect(): void {
    this.#connection?.close();
    this.#connection = null;
    this.#client = null;
  }

  #set(state: ServerState): void {
    this.#state = state;
    this.#around.onChange();
  }
}
