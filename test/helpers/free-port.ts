import { randomInt } from "node:crypto";
import { createServer } from "node:net";

/** Below those that the system gives to connections, of which one might take it before it is used. */
const PORTS = { first: 10_000, last: 32_000 };

/** A TCP port of this machine that nobody listens on at the moment. */
export async function freePort(): Promise<number> {
  const port = randomInt(PORTS.first, PORTS.last);
  return (await isFree(port)) ? port : await freePort();
}

function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
