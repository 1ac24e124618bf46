import { lstatSync, renameSync, type Stats, watch } from "node:fs";
import type { Server } from "node:http";
import { dirname } from "node:path";
import { listenUnix, type SocketAccess } from "./listen.ts";

/** How to be at a path again after it was removed. */
type Wishes = {
  readonly access: SocketAccess;
  /** Makes the folder again, where it is the daemon's own. Throws what is wrong. */
  readonly prepare: () => void;
  /** Told why clients cannot connect, and null once they can again. */
  readonly onFault: (message: string | null) => void;
};

const FIRST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 5000;

/**
 * A server that listens on a unix socket, and comes back when its file is removed. Requests that are being answered
 * are not touched. Nothing is polled as long as all is well.
 */
export class KeptSocket {
  readonly server: Server;
  readonly #path: string;
  readonly #wishes: Wishes;
  /** The file as it was when the server began to listen. */
  #file: Stats | undefined;
  #stopWatching: () => void = () => {};
  #timer: NodeJS.Timeout | undefined;
  #restoring = false;
  #closed = false;

  /** The server listens already. */
  constructor(server: Server, path: string, wishes: Wishes) {
    this.server = server;
    this.#path = path;
    this.#wishes = wishes;
    this.#settle();
  }

  /** Stops listening, and tells when the last connection has ended. A file of somebody else's in the place stays. */
  readonly close = (onClosed: () => void): void => {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#stopWatching();
    if (this.server.listening) this.server.once("close", onClosed);
    else {
      this.server.closeAllConnections();
      onClosed();
    }
    this.#stopListening();
  };

  /** Takes the file that is there now for its own, and watches over it. */
  #settle(): void {
    this.#file = statOf(this.#path);
    this.#stopWatching = watchEntry(this.#path, () => this.#check());
    // It may have gone before anybody watched.
    this.#check();
  }

  #check(): void {
    if (this.#closed || this.#restoring || this.#isOwn()) return;
    this.#stopWatching();
    this.#wishes.onFault(
      `socket ${this.#path} was removed or replaced, so that clients cannot connect to it`,
    );
    void this.#restore(FIRST_RETRY_MS);
  }

  /** Never rejects: what is in the way is told, and tried again. */
  async #restore(delayMs: number): Promise<void> {
    this.#restoring = true;
    try {
      this.#stopListening();
      this.#wishes.prepare();
      requireRoom(this.#path);
      await listenUnix(this.server, this.#path, this.#wishes.access);
    } catch (error) {
      if (this.#closed) return;
      this.#wishes.onFault(
        `clients cannot connect to ${this.#path}: ${error instanceof Error ? error.message : String(error)}`,
      );
      const next = Math.min(delayMs * 2, LONGEST_RETRY_MS);
      this.#timer = setTimeout(() => void this.#restore(next), delayMs);
      return;
    } finally {
      this.#restoring = false;
    }
    if (this.#closed) return this.#stopListening();
    this.#wishes.onFault(null);
    this.#settle();
  }

  /** Node removes whatever is at the path when it stops listening, so that what is another's has to be out of the way. */
  #stopListening(): void {
    if (!this.server.listening) return;
    const foreign = this.#isOwn() ? undefined : statOf(this.#path);
    const aside = `${this.#path}~`;
    if (foreign !== undefined) renameSync(this.#path, aside);
    this.server.close();
    if (foreign !== undefined) renameSync(aside, this.#path);
  }

  #isOwn(): boolean {
    const now = statOf(this.#path);
    return now !== undefined && now.ino === this.#file?.ino && now.dev === this.#file.dev;
  }
}

/** A dead socket may be replaced, a file that somebody put there is theirs. */
function requireRoom(path: string): void {
  const stat = statOf(path);
  if (stat !== undefined && !stat.isSocket())
    throw new Error("something that is no socket is there; remove it");
}

function statOf(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch {
    // A part of the path is no folder any more: then there is no file either.
    return undefined;
  }
}

/**
 * Tells when the file at a path may have gone. Linux tells it of the file itself, elsewhere a socket cannot be watched,
 * but its folder can.
 */
function watchEntry(path: string, onEvent: () => void): () => void {
  try {
    const watcher = watch(process.platform === "linux" ? path : dirname(path), onEvent);
    watcher.on("error", onEvent);
    return () => watcher.close();
  } catch {
    // Gone in this moment, which the caller looks for; or no watches are left, and all but this works without.
    return () => {};
  }
}
