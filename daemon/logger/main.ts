import { Socket } from "node:net";
import { Listening } from "./listening.ts";
import { Logger } from "./logger.ts";

/** One end of a socket pair; the daemon that starts a logger keeps the other. */
const FIRST_DAEMON = 3;

/** What the system may send to all processes of a session or service: a logger lives as long as there is something to log. */
const OUTLIVED: readonly NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"];

runLogger(process.argv[2] ?? "");

/** Logs for the daemon that started it, then for those that connect to the socket at `path`. */
function runLogger(path: string): void {
  process.title = "supervisord-logger";
  for (const signal of OUTLIVED) process.on(signal, () => {});
  const logger = new Logger({
    onOpen: () => listening.ensure(),
    onFinished: () => listening.remove(),
    onDone: () => {
      listening.remove();
      process.exit(0);
    },
  });
  process.on("uncaughtException", (error) => {
    logger.tellBroken(error.stack ?? String(error));
    setImmediate(() => process.exit(1));
  });
  const listening = new Listening(path, (socket) => logger.serve(socket));
  logger.serve(new Socket({ fd: FIRST_DAEMON, readable: true, writable: true }));
  listening.ensure();
}
