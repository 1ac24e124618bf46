import { existsSync, statSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { readPart } from "../io/log-part.ts";
import type { Backlog } from "./backlog.ts";
import type { Daemon } from "./daemon.ts";
import { reply } from "./reply.ts";

/** How much of a log a tail shows before what is written next, as Supervisor's does. */
const HEAD_BYTES = 1024;

/** The last line for a client that let too much pile up: it can ask again, and the file has it all. */
const CUT = "\n==> the rest is left out: it came faster than it was read <==\n";

/** A client that is cut off has so long to read the end. */
const END_MS = 30_000;

/** `GET /logtail/NAME[/stdout|stderr]`: the end of a process's log, then all that is written from now on. */
export function tailProcessLog(
  daemon: Daemon,
  backlog: Backlog,
  path: string,
  response: ServerResponse,
): void {
  const [, name = "", channel = "stdout"] = /^\/logtail\/(.*?)(?:\/(stdout|stderr))?$/.exec(path) ?? [];
  const runner = daemon.supervisor.find(name);
  const output = channel === "stderr" ? runner?.stderr : runner?.stdout;
  const file = output?.logfile ?? null;
  if (output === undefined || output === null || file === null || !existsSync(file)) {
    reply(response, 404, `there is no ${channel} log of ${name}`);
    return;
  }
  startTail(backlog, response, file, (push) => {
    let end: number | null = null;
    return output.follow({ from: null, atMost: HEAD_BYTES }, (data, offset) => {
      if (end !== null && offset > end) push(leftOut(offset - end));
      end = offset + data.length;
      push(data);
    });
  });
}

/** `GET /mainlogtail`: the same for the daemon's own log. */
export function tailMainLog(daemon: Daemon, backlog: Backlog, response: ServerResponse): void {
  const { file } = daemon.log;
  if (file === null || !existsSync(file.path)) {
    reply(response, 404, "the daemon keeps no log in a file");
    return;
  }
  startTail(backlog, response, file.path, (push) => {
    push(readPart(file.path, { kind: "last", bytes: HEAD_BYTES }));
    return daemon.log.lines.add((line) => push(Buffer.from(line)));
  });
}

/** Sends what `follow` hands on, from the end of a file on, for as long as the client keeps up. */
function startTail(
  backlog: Backlog,
  response: ServerResponse,
  file: string,
  follow: (push: (data: Buffer) => void) => () => void,
): void {
  backlog.join(response);
  response.writeHead(200, {
    "Content-Type": "text/plain;charset=utf-8",
    "Last-Modified": statSync(file).mtime.toUTCString(),
    "X-Accel-Buffering": "no",
  });
  response.flushHeaders();
  const stop = follow((data) => {
    if (data.length === 0 || response.destroyed || response.writableEnded) return;
    if (response.writableLength > backlog.share) cutOff(response, stop);
    // The bytes belong to the reader of the FIFO: what is queued needs a copy.
    else response.write(Buffer.from(data));
  });
  response.on("close", stop);
}

function cutOff(response: ServerResponse, stop: () => void): void {
  stop();
  response.end(CUT);
  const timer = setTimeout(() => response.destroy(), END_MS).unref();
  response.on("close", () => clearTimeout(timer));
}

function leftOut(bytes: number): Buffer {
  return Buffer.from(`\n[${bytes} bytes are left out here: they came too quickly]\n`);
}
