import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from "vitest";
import type { ServerInfo, StreamEvent } from "../../../daemon/protocol/event-stream.ts";
import { encodeResponse } from "../../../daemon/xml-rpc/encode.ts";
import { type Connection, connect } from "../../../extension/servers/connection.ts";
import { aProcess } from "../processes.ts";

const INFO: ServerInfo = {
  identifier: "supervisor",
  version: "1",
  pid: 1,
  mood: "RUNNING",
  configFile: "/w/s.conf",
  logfile: "/w/log",
  startedAt: 0,
  configChanged: false,
  digest: "1",
  isForEditor: true,
  faults: [],
  build: "0.1.0",
  leftBehind: [],
};

let folder = "";
let server: Server;
let connection: Connection;
/** What was heard, as it came: the states of the processes, or why the connection was lost. */
let heard: string[] = [];
let wake: () => void = () => {};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "conn-"));
  heard = [];
});

afterEach(async () => {
  connection.close();
  server.closeAllConnections();
  server.close();
  await once(server, "close");
  rmSync(folder, { recursive: true });
});

async function serve(answer: (url: string, response: ServerResponse, body: string) => void): Promise<void> {
  const path = join(folder, "s");
  server = createServer((request, response) => {
    text(request).then((body) => answer(request.url ?? "", response, body));
  }).listen(path);
  await once(server, "listening");
  connection = connect(
    { kind: "unix", path },
    { isWatched: true, policy: { kind: "keep" } },
    {
      onProcesses: (info, processes) =>
        hear(`${info?.version}: ${[...processes.values()].map(({ state }) => state)}`),
      onLost: (reason) => hear(`lost: ${reason}`),
    },
  );
}

function hear(words: string): void {
  heard.push(words);
  wake();
}

async function untilHeard(count: number): Promise<string[]> {
  while (heard.length < count) await new Promise<void>((resolve) => (wake = resolve));
  return heard;
}

function send(response: ServerResponse, id: number, event: StreamEvent): void {
  response.write(`id: ${id}\ndata: ${JSON.stringify(event)}\n\n`);
}

test("a daemon of ours tells each change, and its end", async () => {
  await serve((_url, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    send(response, 1, { type: "snapshot", server: INFO, processes: [aProcess("web")] });
    send(response, 2, { type: "process", from: "RUNNING", process: aProcess("web", { state: "EXITED" }) });
    send(response, 3, { type: "server", server: { ...INFO, version: "2" } });
    response.end();
  });
  const [snapshot, exited, changed, lost] = await untilHeard(4);
  expect([snapshot, exited, changed]).toEqual(["1: RUNNING", "1: EXITED", "2: EXITED"]);
  expect(lost).toMatch(/^lost: cannot reach the supervisor/);
});

test("a server without the stream is asked, and its silence is noticed", async () => {
  const states = [20, 100];
  await serve((url, response, body) => {
    if (url.startsWith("/events")) return response.writeHead(404).end();
    if (body.includes("getAllConfigInfo")) return response.writeHead(500).end();
    const state = states.shift();
    if (state === undefined) return response.destroy();
    const statename = state === 20 ? "RUNNING" : "EXITED";
    const numbers = { start: 1, stop: 0, now: 2, exitstatus: 0, pid: 1 };
    const texts = { spawnerr: "", logfile: "", stdout_logfile: "", stderr_logfile: "", description: "" };
    const info = { name: "web", group: "web", state, statename, ...numbers, ...texts };
    return response.writeHead(200, { "content-type": "text/xml" }).end(encodeResponse([info]));
  });
  await untilHeard(1);
  connection.refresh();
  await untilHeard(2);
  connection.refresh();
  const [running, exited, lost] = await untilHeard(3);
  expect([running, exited]).toEqual(["undefined: RUNNING", "undefined: EXITED"]);
  expect(lost).toMatch(/^lost: cannot reach the supervisor/);
});

test("a server that stays quiet is asked ever less, until somebody comes to look", async () => {
  const pauses = recordPauses([1000, 5000]);
  await serve((url, response) => {
    if (url.startsWith("/events")) return response.writeHead(404).end();
    return response.writeHead(200, { "content-type": "text/xml" }).end(encodeResponse([]));
  });
  await pauses.until(13);
  expect(pauses.lengths.slice(0, 13)).toEqual([...Array(10).fill(1000), ...Array(3).fill(5000)]);
  connection.setWatched(false);
  const before = pauses.lengths.length;
  connection.setWatched(true);
  await pauses.until(before + 1);
  expect(pauses.lengths[before]).toBe(1000);
});

/** Notes the pauses of these lengths, which are over at once. */
function recordPauses(wanted: readonly number[]) {
  const lengths: number[] = [];
  const wait = globalThis.setTimeout;
  vi.spyOn(globalThis, "setTimeout").mockImplementation((act, lengthMs = 0) => {
    if (!wanted.includes(lengthMs)) return wait(act, lengthMs);
    lengths.push(lengthMs);
    return wait(act, 0);
  });
  onTestFinished(() => {
    vi.restoreAllMocks();
  });
  const until = async (count: number) => {
    while (lengths.length < count) await new Promise((resolve) => setImmediate(resolve));
  };
  return { lengths, until };
}
