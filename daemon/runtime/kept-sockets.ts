import type { ListeningSocket } from "../io/listening-socket.ts";

/** Sockets of FastCGI programs that go on while the daemon starts over, by their URLs. */
export class KeptSockets {
  readonly #sockets = new Map<string, ListeningSocket>();

  keep(url: string, socket: ListeningSocket): void {
    this.#sockets.set(url, socket);
  }

  /** Null where there is none: a socket ends with the process that opened it, whoever still accepts on it. */
  take(url: string): ListeningSocket | null {
    const socket = this.#sockets.get(url) ?? null;
    this.#sockets.delete(url);
    return socket;
  }

  /** Closes those that no group asked for. */
  closeRest(): void {
    for (const socket of this.#sockets.values()) socket.close();
    this.#sockets.clear();
  }
}
