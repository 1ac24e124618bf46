import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { runtimeFolder } from "../../../daemon/client/runtime-folder.ts";
import type { ServerInfo, StreamEvent } from "../../../daemon/protocol/event-stream.ts";
import type { Plan } from "../../../daemon/protocol/plan.ts";
import { encodeResponse } from "../../../daemon/xml-rpc/encode.ts";
import type { Revival } from "../../../extension/model/revival.ts";
import type { StartFailure } from "../../../extension/model/start-failure.ts";
import { ConfiguredServer } from "../../../extension/servers/configured-server.ts";
import { aProcess } from "../processes.ts";

let folder = "";
let configFile = "";
let subject: ConfiguredServer;
let daemon: Server | null = null;
/** What the program does when it is to start a daemon; by default it fails. */
let start: () => Promise<StartFailure | null>;
let wake: () => void = () => {};
let revivals: Revival[] = [];
/** What the daemon says of itself. */
let mood: ServerInfo["mood"] = "RUNNING";
let digest = "1";
let build = "0.2.0";
/** What the daemon was called to do. */
let calls: string[] = [];

const REFUSAL = { reason: "another supervisord runs", place: null };

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cs-"));
  configFile = join(folder, "supervisord.conf");
  start = async () => REFUSAL;
  mood = "RUNNING";
  digest = "1";
  build = "0.2.0";
  calls = [];
  const program = { plan: async () => plan(), start: () => start() };
  revivals = [];
  subject = new ConfiguredServer(
    { key: "s", file: configFile },
    {
      daemon: program,
      credentials: async () => ({}),
      windowPolicy: () => ({ kind: "keep" }),
      version: "0.2.0",
      onChange: () => wake(),
      onRevival: (_, revival) => {
        revivals.push(revival);
        wake();
      },
    },
  );
});

afterEach(async () => {
  subject.dispose();
  await endDaemon();
  rmSync(folder, { recursive: true });
  rmSync(runtimeFolder(configFile).path, { recursive: true, force: true });
});

function plan(): Plan {
  return { configFile, digest: "1", programs: [], problems: [], refusal: null, ownServer: null, files: [] };
}

/** Something that answers at the control socket as a daemon of ours does. */
async function beDaemon(runs = configFile): Promise<void> {
  mkdirSync(runtimeFolder(configFile).path, { recursive: true });
  daemon = createServer((request, response) => {
    request
      .setEncoding("utf8")
      .on("data", (text) => calls.push(/<methodName>([^<]*)/.exec(text)?.[1] ?? text));
    if (request.url === "/RPC2") {
      request.on("end", () => {
        if (calls.at(-1) === "supervisord.handOver") void endDaemon();
      });
      response.setHeader("content-type", "text/xml");
      return response.end(encodeResponse({ statecode: 1, statename: "RUNNING" }));
    }
    response.writeHead(200, { "content-type": "text/event-stream" });
    const event: StreamEvent = { type: "snapshot", server: info(runs), processes: [aProcess("web")] };
    return response.write(`id: 1\ndata: ${JSON.stringify(event)}\n\n`);
  }).listen(runtimeFolder(configFile).controlSocket);
  await once(daemon, "listening");
}

async function endDaemon(): Promise<void> {
  if (daemon === null) return;
  daemon.closeAllConnections();
  daemon.close();
  await once(daemon, "close");
  daemon = null;
}

function info(runs: string): ServerInfo {
  const facts = { identifier: "supervisor", version: "1", pid: 1, mood, logfile: "" } as const;
  return {
    ...facts,
    configFile: runs,
    startedAt: 0,
    configChanged: false,
    digest,
    isForEditor: true,
    faults: [],
    build,
    leftBehind: [],
  };
}

async function until(kind: string): Promise<void> {
  while (subject.view.state.kind !== kind) await new Promise<void>((resolve) => (wake = resolve));
}

test("where nothing answers, no supervisor runs", async () => {
  await subject.look(true);
  expect(subject.view.state).toEqual({ kind: "notRunning" });
});

test("a daemon that runs is connected to, and its going away is noticed", async () => {
  await beDaemon();
  await subject.look(true);
  await until("connected");
  expect(subject.client).not.toBeNull();
  await endDaemon();
  await until("notRunning");
  expect(subject.client).toBeNull();
});

test("a daemon that comes back is connected to again by itself", async () => {
  await beDaemon();
  await subject.look(true);
  await until("connected");
  await endDaemon();
  await until("notRunning");
  await beDaemon();
  await until("connected");
});

test("a look that another overtakes ends when the state is known, too", async () => {
  const early = subject.look(true);
  void subject.look(true);
  await early;
  expect(subject.view.state).toEqual({ kind: "notRunning" });
});

test("a no starts nothing", async () => {
  start = () => Promise.reject(new Error("started"));
  expect(await subject.start(async () => false)).toBeNull();
  expect(subject.view.state).toEqual({ kind: "notRunning" });
});

test("a yes starts the supervisor and connects to it", async () => {
  start = async () => {
    await beDaemon();
    return null;
  };
  expect(await subject.start(async () => true)).toBeNull();
  await until("connected");
});

test("a look that comes between does not swallow a start", async () => {
  const started = subject.start(async () => true);
  await subject.look(false);
  expect(await started).toEqual(REFUSAL);
});

test("a start that fails tells why", async () => {
  expect(await subject.start(async () => true)).toEqual(REFUSAL);
  expect(subject.view.state).toEqual({ kind: "failed", ...REFUSAL });
});

test("a start that another window overtook is no failure", async () => {
  start = async () => {
    await beDaemon();
    return REFUSAL;
  };
  expect(await subject.start(async () => true)).toBeNull();
  await until("connected");
});

test("two answers of yes start one supervisor", async () => {
  let began = 0;
  start = async () => {
    began += 1;
    await beDaemon();
    return null;
  };
  let asked = 0;
  const { promise: bothAsked, resolve } = Promise.withResolvers<boolean>();
  const agree = () => {
    asked += 1;
    if (asked === 2) resolve(true);
    return bothAsked;
  };
  await Promise.all([subject.start(agree), subject.start(agree)]);
  await until("connected");
  expect(began).toBe(1);
});

test("a supervisor of another configuration is not acted on", async () => {
  await beDaemon(join(folder, "other.conf"));
  await subject.look(true);
  await until("unreachable");
  expect(subject.view.state).toMatchObject({ cause: "otherConfiguration" });
  expect(subject.client).toBeNull();
});

/** Connects to a daemon that runs, which then ends. */
async function loseDaemon(): Promise<void> {
  await beDaemon();
  await subject.look(true);
  await until("connected");
  await endDaemon();
}

test("a daemon that died is started again once, which is told with what became of its programs", async () => {
  start = async () => {
    await beDaemon();
    return null;
  };
  await loseDaemon();
  await until("notRunning");
  await until("connected");
  expect(revivals).toEqual([{ kind: "takenOver", kept: 1, lost: [] }]);
});

test("a daemon that somebody ended is not started again", async () => {
  start = () => Promise.reject(new Error("started"));
  mood = "SHUTDOWN";
  await loseDaemon();
  await until("notRunning");
  await beDaemon();
  await until("connected");
  expect(revivals).toEqual([]);
});

test("a daemon whose configuration changed since is not started by itself", async () => {
  start = () => Promise.reject(new Error("started"));
  digest = "0";
  await loseDaemon();
  while (revivals.length === 0) await new Promise<void>((resolve) => (wake = resolve));
  expect(revivals).toEqual([{ kind: "changed" }]);
  expect(subject.view.state).toEqual({ kind: "notRunning" });
});

test("a daemon that keeps dying is started three times within a minute, and not a fourth time", async () => {
  let began = 0;
  start = async () => {
    began += 1;
    await beDaemon();
    return null;
  };
  await loseDaemon();
  for (let count = 1; count <= 3; count++) {
    while (revivals.length < count) await new Promise<void>((resolve) => (wake = resolve));
    await endDaemon();
  }
  while (revivals.length < 4) await new Promise<void>((resolve) => (wake = resolve));
  expect(revivals.map(({ kind }) => kind)).toEqual(["takenOver", "takenOver", "takenOver", "givenUp"]);
  expect(began).toBe(3);
});

test("a daemon of an earlier version hands over to one of this version, once, without a question", async () => {
  build = "0.1.0";
  start = async () => {
    build = "0.2.0";
    await beDaemon();
    return null;
  };
  await beDaemon();
  await subject.look(true);
  await until("starting");
  await until("connected");
  expect(calls.filter((name) => name === "supervisord.handOver")).toHaveLength(1);
  expect(revivals).toEqual([]);
});

test("a daemon of an earlier version stays while the configuration on disk is not the one in force", async () => {
  build = "0.1.0";
  digest = "before";
  await beDaemon();
  await subject.look(true);
  await until("connected");
  await subject.plan();
  expect([subject.view.state.kind, calls.includes("supervisord.handOver")]).toEqual(["connected", false]);
});
