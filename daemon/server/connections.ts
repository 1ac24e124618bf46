import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";

/** Connections that one server keeps at once. */
const MOST_CONNECTIONS = 512;

/** Refused ones are told so, if they are not too many. */
const MOST_REFUSALS = 64;
const REFUSAL_MS = 1000;

/** A connection that has asked for nothing for so long makes room for a new one. */
const PATIENCE_MS = 1000;

/** Requests that one connection may send ahead of their answers. */
const MOST_AHEAD = 64;

/** Answers that wait for their readers, on all connections together, in bytes. */
const MOST_UNREAD = 128 * 1024 * 1024;

const REFUSAL_TEXT = "the server has as many connections as it takes; try again\n";
const REFUSAL = [
  "HTTP/1.1 503 Service Unavailable",
  "Content-Type: text/plain;charset=utf-8",
  `Content-Length: ${REFUSAL_TEXT.length}`,
  "Retry-After: 1",
  "Connection: close",
  "",
  REFUSAL_TEXT,
].join("\r\n");

type Use = { answering: number; idleSince: number };

/** The connections of one server: a bounded number, of which those that ask for nothing give way to new ones. */
export class Connections {
  readonly #open = new Map<Socket, Use>();
  readonly #refused = new Set<Socket>();

  constructor(server: Server) {
    server.on("connection", (socket: Socket) => this.#take(socket));
  }

  /** Counts a request in; false if its connection was refused and nothing of it may be done. */
  begin({ socket }: IncomingMessage, response: ServerResponse): boolean {
    const use = this.#open.get(socket);
    if (use === undefined) return false;
    use.answering++;
    if (use.answering > MOST_AHEAD) {
      socket.destroy();
      return false;
    }
    response.on("close", () => {
      use.answering--;
      if (use.answering === 0) this.#rest(socket, use);
    });
    return true;
  }

  /** Whether so much waits to be read already that no further answer should be made. */
  get isFull(): boolean {
    let unread = 0;
    for (const socket of this.#open.keys()) unread += socket.writableLength;
    return unread > MOST_UNREAD;
  }

  #take(socket: Socket): void {
    if (this.#open.size >= MOST_CONNECTIONS && !this.#makeRoom()) {
      this.#refuse(socket);
      return;
    }
    this.#open.set(socket, { answering: 0, idleSince: Date.now() });
    socket.on("close", () => this.#open.delete(socket));
  }

  /** The one that has been idle for longest goes, which is the first idle one. */
  #makeRoom(): boolean {
    for (const [socket, { answering, idleSince }] of this.#open) {
      if (answering > 0) continue;
      if (Date.now() - idleSince < PATIENCE_MS) return false;
      this.#open.delete(socket);
      socket.destroy();
      return true;
    }
    return false;
  }

  /** Puts it behind those that have been idle for longer. */
  #rest(socket: Socket, use: Use): void {
    if (!this.#open.delete(socket) || socket.destroyed) return;
    use.idleSince = Date.now();
    this.#open.set(socket, use);
  }

  #refuse(socket: Socket): void {
    if (this.#refused.size >= MOST_REFUSALS) {
      socket.destroy();
      return;
    }
    this.#refused.add(socket);
    socket.end(REFUSAL);
    // What it sends is read away: closing at once would take the answer from it.
    const cut = setTimeout(() => socket.destroy(), REFUSAL_MS);
    socket.on("close", () => {
      clearTimeout(cut);
      this.#refused.delete(socket);
    });
  }
}
