import { type IncomingMessage, request } from "node:http";
import { describe, expect, test } from "vitest";
import { startDaemon, type TestDaemon, watch } from "../helpers/daemon.ts";
import { freePort } from "../helpers/free-port.ts";

const SLEEPER = "[program:web]\ncommand=/bin/sleep 1000\nstartsecs=0\n";
const GET_STATE =
  "<?xml version='1.0'?><methodCall><methodName>supervisor.getState</methodName></methodCall>";

type Answer = { readonly status: number; readonly body: string };
type Asked = {
  readonly method?: string;
  readonly path?: string;
  readonly body?: string;
  readonly headers?: Record<string, string>;
};

/** Asks over TCP or a unix socket, with just these headers. */
function ask(target: { port: number } | { socketPath: string }, asked: Asked): Promise<Answer> {
  const { method = "POST", path = "/RPC2", body = GET_STATE, headers = {} } = asked;
  return new Promise((done, failed) => {
    const sent = request(
      { host: "127.0.0.1", ...target, method, path, headers: { "content-type": "text/xml", ...headers } },
      (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (part: string) => {
          text += part;
        });
        response.on("end", () => done({ status: response.statusCode ?? 0, body: text }));
      },
    );
    sent.on("error", failed);
    sent.end(method === "POST" ? body : undefined);
  });
}

async function startWithPort(login = ""): Promise<{ daemon: TestDaemon; port: number }> {
  const port = await freePort();
  return {
    daemon: await startDaemon(`${SLEEPER}[inet_http_server]\nport=127.0.0.1:${port}\n${login}`),
    port,
  };
}

describe("a TCP server", () => {
  test("answers whoever knows user and password, and nobody else", async () => {
    const { port } = await startWithPort("username=me\npassword=secret\n");
    const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString("base64")}` });
    const status = async (headers: Record<string, string>) => (await ask({ port }, { headers })).status;
    expect(await status(basic("me:secret"))).toBe(200);
    expect(await status(basic("me:wrong"))).toBe(401);
    expect(await status(basic("you:secret"))).toBe(401);
    expect(await status({ authorization: "Basic" })).toBe(401);
    expect(await status({})).toBe(401);
    for (const path of ["/events", "/logtail/web", "/mainlogtail", "/nothing"]) {
      expect((await ask({ port }, { method: "GET", path })).status).toBe(401);
    }
  });

  test("takes a password that the configuration holds as a hash", async () => {
    const { port } = await startWithPort(
      "username=me\npassword={SHA}e5e9fa1ba31ecd1ae84f75caaa474f3a663f05f4\n",
    );
    const headers = { authorization: `Basic ${Buffer.from("me:secret").toString("base64")}` };
    expect((await ask({ port }, { headers })).status).toBe(200);
  });

  test("refuses what a foreign web page can make a browser send", async () => {
    const { port } = await startWithPort();
    const status = async (headers: Record<string, string>) => (await ask({ port }, { headers })).status;
    expect(await status({})).toBe(200);
    expect(await status({ host: "evil.example", origin: "http://evil.example" })).toBe(403);
    expect(await status({ origin: "http://evil.example" })).toBe(403);
    expect(await status({ host: `127.evil.example:${port}` })).toBe(403);
    expect(await status({ "sec-fetch-site": "cross-site" })).toBe(403);
    expect(await status({ host: `localhost:${port}`, origin: `http://localhost:${port}` })).toBe(200);
  });
});

describe("a request that makes no sense", () => {
  test("is answered with a status, and the daemon goes on", async () => {
    const { socket: socketPath } = await startDaemon(SLEEPER);
    const status = async (asked: Asked) => (await ask({ socketPath }, asked)).status;
    expect(await status({ body: "this is not XML" })).toBe(400);
    expect(await status({ body: "<methodCall>" })).toBe(400);
    expect(await status({ body: "x".repeat(5 * 1024 * 1024) }).catch(() => 413)).toBe(413);
    expect(await status({ method: "GET" })).toBe(400);
    expect(await status({ method: "GET", path: "/../../etc/passwd" })).toBe(404);
    expect(await status({ method: "GET", path: "/logtail/nobody" })).toBe(404);
    expect(await status({ method: "GET", path: "/logtail/%" })).toBe(404);
    expect(await status({ method: "GET", path: "/events?history=many" })).toBe(400);
    expect(await status({})).toBe(200);
  });

  test.each([
    ["supervisor.noSuchMethod", [], "UNKNOWN_METHOD"],
    ["supervisor.__class__", [], "UNKNOWN_METHOD"],
    ["supervisor.supervisord.options.execve", ["/bin/sh"], "UNKNOWN_METHOD"],
    ["constructor", [], "UNKNOWN_METHOD"],
    ["supervisor.getState", ["too many"], "INCORRECT_PARAMETERS"],
    ["supervisor.startProcess", [], "INCORRECT_PARAMETERS"],
    ["supervisor.startProcess", [7], "INCORRECT_PARAMETERS"],
    ["supervisor.getProcessInfo", ["nobody"], "BAD_NAME: nobody"],
    ["supervisor.getProcessInfo", ["web:*"], "BAD_NAME: web:*"],
    ["supervisor.readProcessStdoutLog", ["web", -1, 5], "BAD_ARGUMENTS"],
  ])("is refused by its fault: %s %j", async (method, params, text) => {
    const daemon = await startDaemon(SLEEPER);
    await expect(daemon.rpc.call(method, params)).rejects.toMatchObject({ name: "Fault", text });
  });

  test("among good ones in a multicall only spoils its own answer", async () => {
    const daemon = await startDaemon(SLEEPER);
    const call = (methodName: string, ...params: string[]) => ({ methodName, params });
    const calls = [
      call("supervisor.getAPIVersion"),
      call("supervisor.stopProcess", "nobody"),
      call("supervisor.stopProcess", "web"),
    ];
    expect(await daemon.rpc.call("system.multicall", [[...calls, call("system.multicall"), {}]])).toEqual([
      "3.0",
      { faultCode: 10, faultString: "BAD_NAME: nobody" },
      true,
      { faultCode: 2, faultString: "INCORRECT_PARAMETERS: Recursive system.multicall forbidden" },
      { faultCode: 2, faultString: "INCORRECT_PARAMETERS: No methodName" },
    ]);
  });
});

describe("the event stream", () => {
  test("begins with everything, then tells every change, and resumes after the last event seen", async () => {
    const daemon = await startDaemon(SLEEPER);
    const first = await readEvents(daemon, {}, (lines) => lines.some((line) => line.includes("RUNNING")));
    const lastId =
      first
        .filter((line) => line.startsWith("id: "))
        .at(-1)
        ?.slice(4) ?? "";
    await daemon.rpc.call("supervisor.stopProcess", ["web"]);
    const missed = await readEvents(daemon, { "last-event-id": lastId }, (lines) =>
      lines.some((line) => line.includes('"STOPPED"')),
    );
    expect(first.find((line) => line.startsWith("data: "))).toMatch(/^data: \{"type":"snapshot"/);
    const states = missed
      .filter((line) => line.startsWith("data: "))
      .map((line) => JSON.parse(line.slice(6)).process.state);
    expect(states).toEqual(["STOPPING", "STOPPED"]);
  });

  test("starts over where the events that were missed are not known any more", async () => {
    const daemon = await startDaemon(SLEEPER);
    for (const id of ["1", "99999999999999", "nonsense"]) {
      const lines = await readEvents(daemon, { "last-event-id": id }, (seen) =>
        seen.some((line) => line.startsWith("data")),
      );
      expect(lines.find((line) => line.startsWith("data: "))).toMatch(/^data: \{"type":"snapshot"/);
    }
  });

  test("gives the end of a log and then what is written, without a gap or a repetition", async () => {
    const daemon = await startDaemon(
      "[program:count]\ncommand=/bin/sh -c 'for i in $(seq 1 2000); do echo $i; done; exec sleep 1000'\nstartsecs=0\n",
    );
    const events = watch(daemon.address, { processes: ["count"], logs: ["stdout"], history: 65_536 });
    await events.next("log", ({ text }) => text.includes("2000\n"));
    expect(events.text("count")).toBe(Array.from({ length: 2000 }, (_, i) => `${i + 1}\n`).join(""));
    const offsets = events.events
      .filter((event) => event.type === "log")
      .map(({ offset, text }) => [offset, text.length]);
    for (const [i, [offset = 0]] of offsets.entries()) {
      const [before = 0, length = 0] = offsets[i - 1] ?? [];
      expect(offset).toBe(i === 0 ? 0 : before + length);
    }
  });

  test("leaves output out for a client that does not read, says how much, and still gives it the end", async () => {
    const daemon = await startDaemon(
      "[program:flood]\ncommand=/bin/sh -c 'seq 1 4000000; echo LAST'\nautostart=false\nstartsecs=0\nautorestart=false\n",
    );
    const sent = request({ socketPath: daemon.socket, path: "/events?process=flood&log=stdout" });
    sent.end();
    const response = await new Promise<IncomingMessage>((done) => sent.on("response", done));
    response.pause();
    const events = watch(daemon.address);
    await events.next("snapshot");
    await daemon.rpc.call("supervisor.startProcess", ["flood"]);
    await events.state("flood", "EXITED");
    const text = await new Promise<string>((done) => {
      let seen = "";
      response.setEncoding("utf8").on("data", (part: string) => {
        seen += part;
        if (seen.endsWith('LAST\\n","history":false}\n\n')) done(seen);
      });
      response.resume();
    });
    sent.destroy();
    const told = text
      .split("\n")
      .filter((line) => line.startsWith("data: "))
      .map((line) => JSON.parse(line.slice(6)));
    const bytes = told.map((event) =>
      event.type === "dropped" ? event.bytes : event.type === "log" ? event.text.length : 0,
    );
    expect(told.some((event) => event.type === "dropped")).toBe(true);
    // Every byte of the flood is either there or counted.
    expect(bytes.reduce((sum, length) => sum + length, 0)).toBe(
      Array.from({ length: 7 }, (_, i) => (i === 6 ? 3_000_001 : 9 * 10 ** i) * (i + 2)).reduce(
        (sum, n) => sum + n,
        5,
      ),
    );
  });

  test("limited to some processes tells of no other", async () => {
    const daemon = await startDaemon(`${SLEEPER}[program:other]\ncommand=/bin/sleep 1000\nstartsecs=0\n`);
    const events = watch(daemon.address, { processes: ["web"] });
    const { processes } = await events.next("snapshot");
    expect(processes.map(({ name }) => name)).toEqual(["web"]);
    await daemon.rpc.call("supervisor.stopProcess", ["other"]);
    await daemon.rpc.call("supervisor.stopProcess", ["web"]);
    await events.state("web", "STOPPED");
    expect(
      events.events.filter((event) => event.type === "process" && event.process.name === "other"),
    ).toEqual([]);
  });
});

/** The lines of the stream until there are enough. */
function readEvents(
  daemon: TestDaemon,
  headers: Record<string, string>,
  enough: (lines: string[]) => boolean,
): Promise<string[]> {
  return new Promise((done, failed) => {
    const sent = request({ socketPath: daemon.socket, path: "/events", headers }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part: string) => {
        text += part;
        const lines = text.split("\n").slice(0, -1);
        if (!enough(lines)) return;
        sent.destroy();
        done(lines);
      });
    });
    sent.on("error", failed);
    sent.end();
  });
}
