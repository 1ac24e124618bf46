import { existsSync, statSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { readPart } from "../io/log-file.ts";
import type { Daemon } from "./daemon.ts";
import { reply } from "./reply.ts";

/** How much of a log a tail shows before what is written next, as Supervisor's does. */
const HEAD_BYTES = 1024;

/** A client that lets this much pile up is cut off: it can ask again, and the file has it all. */
const MAX_BEHIND_BYTES = 16 * 1024 * 1024;

/** `GET /logtail/NAME[/stdout|stderr]`: the end of a process's log, then all that is written from now on. */
export function tailProcessLog(daemon: Daemon, path: string, response: ServerResponse): void {
  const [, name = "", channel = "stdout"] = /^\/logtail\/(.*?)(?:\/(stdout|stderr))?$/.exec(path) ?? [];
  const runner = daemon.supervisor.find(name);
  const output = channel === "stderr" ? runner?.stderr : runner?.stdout;
  const file = output?.logfile ?? null;
  if (output === undefined || output === null || file === null || !existsSync(file)) {
    reply(response, 404, `there is no ${channel} log of ${name}`);
    return;
  }
  startTail(response, file);
  const stop = output.follow(
    0,
    () => {},
    (data) => push(response, data),
  );
  response.on("close", stop);
}

/** `GET /mainlogtail`: the same for the daemon's own log. */
export function tailMainLog(daemon: Daemon, response: ServerResponse): void {
  const { file } = daemon.log;
  if (file === null || !existsSync(file.path)) {
    reply(response, 404, "the daemon keeps no log in a file");
    return;
  }
  startTail(response, file.path);
  response.on(
    "close",
    daemon.log.lines.add((line) => push(response, Buffer.from(line))),
  );
}

function startTail(response: ServerResponse, file: string): void {
  response.writeHead(200, {
    "Content-Type": "text/plain;charset=utf-8",
    "Last-Modified": statSync(file).mtime.toUTCString(),
    "X-Accel-Buffering": "no",
    "X-Content-Type-Options": "nosniff",
  });
  response.flushHeaders();
  push(response, readPart(file, { kind: "last", bytes: HEAD_BYTES }));
}

function push(response: ServerResponse, data: Buffer): void {
  if (data.length === 0 || response.destroyed) return;
  // The bytes belong to the reader of the FIFO: what is queued needs a copy.
  if (response.writableLength > MAX_BEHIND_BYTES) response.destroy();
  else response.write(Buffer.from(data));
}
