import type { FcgiSocketSettings, LogLevel } from "../config/configuration.ts";
import { type ListeningAddress, ListeningSocket, SocketFailure } from "../io/listening-socket.ts";
import { findAccount, findGroupId } from "../io/users.ts";
import type { KeptSockets } from "./kept-sockets.ts";
import type { Stdin } from "./stdin.ts";

/**
 * The socket that all processes of an `[fcgi-program:x]` accept on, as descriptor 0. It is opened before the first of
 * them starts, stays through restarts, so that waiting clients are served by the next run, and is closed with the last.
 */
export class SharedSocket {
  readonly #settings: FcgiSocketSettings;
  readonly #kept: KeptSockets;
  readonly #log: (level: LogLevel, message: string) => void;
  readonly #holders = new Set<Stdin>();
  #socket: ListeningSocket | null = null;

  constructor(
    settings: FcgiSocketSettings,
    kept: KeptSockets,
    log: (level: LogLevel, message: string) => void,
  ) {
    this.#settings = settings;
    this.#kept = kept;
    this.#log = log;
  }

  /** The stdin of one of the processes: nothing can be written to it. */
  stdin(): Stdin {
    const release = () => this.#release(stdin);
    const stdin: Stdin = {
      fifos: [],
      open: () => ({ descriptor: this.#hold(stdin), close: () => {} }),
      adopt: () => this.#adopt(stdin),
      write: () => false,
      ended: () => {},
      rested: release,
      release: () => this.#keep(),
      close: release,
    };
    return stdin;
  }

  /** The socket is there only if this process opened it, before it started over. */
  #adopt(holder: Stdin): boolean {
    this.#socket ??= this.#kept.take(this.#settings.url);
    if (this.#socket === null) return false;
    this.#holders.add(holder);
    return true;
  }

  #keep(): void {
    if (this.#socket !== null) this.#kept.keep(this.#settings.url, this.#socket);
    this.#socket = null;
  }

  #hold(holder: Stdin): number {
    this.#socket ??= this.#open();
    this.#holders.add(holder);
    return this.#socket.descriptor;
  }

  #open(): ListeningSocket {
    const { url, backlog } = this.#settings;
    this.#log("info", `Creating socket ${url}`);
    try {
      return new ListeningSocket(addressOf(this.#settings), backlog);
    } catch (error) {
      if (!(error instanceof SocketFailure)) throw error;
      throw new SocketFailure(`Could not create FastCGI socket ${url}: ${error.message}`, { cause: error });
    }
  }

  #release(holder: Stdin): void {
    this.#holders.delete(holder);
    if (this.#holders.size > 0 || this.#socket === null) return;
    this.#log("info", `Closing socket ${this.#settings.url}`);
    this.#socket.close();
    this.#socket = null;
  }
}

/** What a unix socket's mode is where the configuration says nothing. */
const DEFAULT_MODE = 0o700;

function addressOf(settings: FcgiSocketSettings): ListeningAddress {
  if (settings.family === "inet") return { family: "inet", host: settings.host, port: settings.port };
  const { path, mode } = settings;
  return { family: "unix", path, mode: mode ?? DEFAULT_MODE, owner: ownerOf(settings.owner) };
}

function ownerOf(
  owner: Extract<FcgiSocketSettings, { family: "unix" }>["owner"],
): { readonly uid: number; readonly gid: number } | null {
  if (owner === null) return null;
  const account = findAccount(owner.user);
  const uid = account?.uid ?? (owner.user.kind === "id" ? owner.user.id : null);
  if (uid === null) throw new SocketFailure("there is no user of the name that socket_owner gives");
  if (owner.group === "primary") return { uid, gid: account?.gid ?? -1 };
  const gid = owner.group === null ? -1 : findGroupId(owner.group);
  if (gid === null) throw new SocketFailure("there is no group of the name that socket_owner gives");
  return { uid, gid };
}
