import { lstatSync, rmSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";

/** The socket on which a logger waits for the next daemon. */
export class Listening {
  readonly #path: string;
  readonly #serve: (socket: Socket) => void;
  #server: Server | null = null;
  #inode: number | null = null;

  constructor(path: string, serve: (socket: Socket) => void) {
    this.#path = path;
    this.#serve = serve;
  }

  /** Puts the socket where it belongs, unless it is there: somebody may have removed it, or the whole folder. */
  ensure(): void {
    if (this.#inode !== null && this.#inode === inodeOf(this.#path)) return;
    this.#server?.close();
    rmSync(this.#path, { force: true });
    // Nobody but the user may connect.
    const umask = process.umask(0o077);
    this.#server = createServer(this.#serve);
    // Without a socket the next daemon finds no logger, and starts another; this one serves the daemon that it has.
    this.#server.on("error", () => {
      this.#inode = null;
    });
    this.#server.listen(this.#path);
    process.umask(umask);
    this.#inode = inodeOf(this.#path);
  }

  /** Another logger's socket may have taken the path. */
  remove(): void {
    if (this.#inode !== null && this.#inode === inodeOf(this.#path)) rmSync(this.#path, { force: true });
  }
}

function inodeOf(path: string): number | null {
  return lstatSync(path, { throwIfNoEntry: false })?.ino ?? null;
}
