/** What waits for a reader of the daemon's own stdout or stderr may have this many bytes. */
const MOST_BEHIND_BYTES = 16 * 1024 * 1024;

/** The daemon's own stdout or stderr, where a log is to go there; null for any other path. */
export function standardStream(path: string): NodeJS.WriteStream | null {
  const descriptor = /^\/(?:dev|proc\/self)\/fd\/(?<number>[12])$/.exec(path)?.groups?.number;
  if (path === "/dev/stdout" || descriptor === "1") return process.stdout;
  if (path === "/dev/stderr" || descriptor === "2") return process.stderr;
  return null;
}

/**
 * Writes to one of them: opening its path again fails where it is a socket, and a second descriptor would write between
 * the lines of the first. Throws where its reader is too slow.
 */
export function writeToStream(stream: NodeJS.WriteStream, data: Buffer): void {
  if (stream.destroyed || !stream.writable) throw new Error("it is closed");
  if (stream.writableLength > MOST_BEHIND_BYTES) throw new Error("its reader is too slow");
  // The bytes belong to the reader of the FIFO: what is queued needs a copy.
  stream.write(Buffer.from(data));
}
