import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { connect, type Socket } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { createRpcClient } from "../../daemon/client/rpc.ts";
import { startDaemon, type TestDaemon, watch } from "../helpers/daemon.ts";
import { freePort } from "../helpers/free-port.ts";

const SLEEPER = "[program:web]\ncommand=/bin/sleep 1000\nstartsecs=0\n";
const GET_STATE =
  "<?xml version='1.0'?><methodCall><methodName>supervisor.getState</methodName></methodCall>";

type Site = { readonly daemon: TestDaemon; readonly port: number };

async function startSite(login = "", programs = SLEEPER): Promise<Site> {
  const port = await freePort();
  return {
    daemon: await startDaemon(`${programs}[inet_http_server]\nport=127.0.0.1:${port}\n${login}`),
    port,
  };
}

/** Connections that are gone when the test is over. */
async function open(port: number, count: number): Promise<Socket[]> {
  const sockets = Array.from({ length: count }, () => connect({ port, host: "127.0.0.1" }));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
  });
  await Promise.all(
    sockets.map((socket) => {
      socket.on("error", () => {});
      return once(socket, "connect");
    }),
  );
  return sockets;
}

function untilClosed(socket: Socket): Promise<string> {
  let text = "";
  socket.on("data", (data) => {
    text += data;
  });
  return new Promise((done) => socket.on("close", () => done(text)));
}

type Asked = {
  readonly headers?: Record<string, string>;
  readonly path?: string;
  readonly from?: string;
  readonly body?: string;
};

function post(port: number, { headers = {}, path = "/RPC2", from = "127.0.0.1", body = GET_STATE }: Asked) {
  const options = {
    host: "127.0.0.1",
    port,
    path,
    method: "POST",
    headers,
    localAddress: from,
    agent: false,
  };
  return new Promise<{ status: number; text: string }>((done, failed) => {
    const sent = request(options, async (response: IncomingMessage) => {
      const text = Buffer.concat(await response.toArray()).toString();
      done({ status: response.statusCode ?? 0, text });
    });
    sent.on("error", failed).end(body);
  });
}

const login = (text: string) => ({ Authorization: `Basic ${Buffer.from(text).toString("base64")}` });

describe("connections", () => {
  test("three hundred clients are served at once", async () => {
    const { port } = await startSite();
    const rpc = createRpcClient({ kind: "http", url: `http://127.0.0.1:${port}` });
    const names = await Promise.all(
      Array.from({ length: 300 }, async () => (await rpc.getAllProcessInfo())[0]?.name),
    );
    expect(new Set(names)).toEqual(new Set(["web"]));
  });

  test("beyond the limit are told to come back", async () => {
    const { port } = await startSite();
    const crowd = await open(port, 512);
    await Promise.all(
      crowd.map((socket) => {
        socket.write("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n");
        return once(socket, "data");
      }),
    );
    const [late] = await open(port, 1);
    expect(late && (await untilClosed(late))).toMatch(
      /^HTTP\/1\.1 503 Service Unavailable\r\n[\s\S]*Retry-After: 1\r\n[\s\S]*try again\n$/,
    );
    crowd[0]?.destroy();
    await expect.poll(() => post(port, {}).then(({ status }) => status, String)).toBe(200);
  });

  test("that only trickle headers keep nobody out", async () => {
    const { port } = await startSite();
    const crowd = await open(port, 520);
    const trickle = setInterval(() => {
      for (const socket of crowd) socket.write("X-A: b\r\n");
    }, 100);
    onTestFinished(() => clearInterval(trickle));
    for (const socket of crowd) socket.write("GET / HTTP/1.1\r\n");
    await expect
      .poll(() => post(port, {}).then(({ status }) => status, String), { timeout: 10_000 })
      .toBe(200);
  });
});

test("headers have an end", async () => {
  const { port } = await startSite();
  const { status } = await post(port, { headers: { "X-Long": "x".repeat(20_000) } });
  expect(status).toBe(431);
});

test("answers that nobody reads are not made without end", async () => {
  const writer =
    "[program:writer]\ncommand=/bin/sh -c 'yes x | head -c 5000000; echo; echo LAST'\nstartsecs=0\nautorestart=false\n";
  const { daemon, port } = await startSite("", writer);
  await watch(daemon.address).state("writer", "EXITED");
  const params =
    "<params><param><value>writer</value></param><param><value><int>0</int></value></param><param><value><int>0</int></value></param></params>";
  const body = `<methodCall><methodName>supervisor.readProcessStdoutLog</methodName>${params}</methodCall>`;
  const crowd = await open(port, 60);
  for (const socket of crowd) {
    socket.pause();
    socket.write(`POST /RPC2 HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
  }
  await expect.poll(() => post(port, {}).then(({ status }) => status, String), { timeout: 20_000 }).toBe(503);
  for (const socket of crowd) socket.destroy();
  await expect.poll(() => post(port, {}).then(({ status }) => status, String)).toBe(200);
});

describe("a call", () => {
  test("is answered for the types that clients of XML-RPC send, and for none that any page can send", async () => {
    const { port } = await startSite();
    const status = async (type: string) => (await post(port, { headers: { "Content-Type": type } })).status;
    for (const type of ["text/xml", "text/xml; charset=utf-8", "application/xml", "application/octet-stream"])
      expect(await status(type)).toBe(200);
    for (const type of ["text/plain", "Text/Plain;charset=x", "multipart/form-data; boundary=x"])
      expect(await status(type)).toBe(415);
    expect(await status("application/x-www-form-urlencoded")).toBe(415);
  });

  test.each([
    ["of more elements than anybody needs", `<array><data>${"<value/>".repeat(60_000)}</data></array>`],
    ["nested deeper than anybody needs", "<array><data><value>".repeat(5000)],
    ["of elements within elements of any name", "<a>".repeat(500_000)],
  ])("%s is refused without holding up others", async (_, value) => {
    const { port } = await startSite();
    const head = "<methodCall><methodName>supervisor.getState</methodName><params><param><value>";
    const { status } = await post(port, { body: head + value });
    expect(status).toBe(400);
  });

  test("with entities of its own is refused, whatever they stand for", async () => {
    const { port } = await startSite();
    for (const entity of ['"lol"', 'SYSTEM "file:///etc/passwd"']) {
      const body = `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b ${entity}>]><methodCall><methodName>&b;</methodName></methodCall>`;
      expect((await post(port, { body })).status).toBe(400);
    }
  });

  test("of many calls has an end", async () => {
    const { daemon } = await startSite();
    const calls = (count: number) =>
      Array.from({ length: count }, () => ({ methodName: "supervisor.getState", params: [] }));
    await expect(daemon.rpc.call("system.multicall", [calls(2001)])).rejects.toThrow(
      "INCORRECT_PARAMETERS: a multicall may hold 2000 calls, this one has 2001",
    );
    expect(await daemon.rpc.call("system.multicall", [calls(100)])).toHaveLength(100);
  });
});

describe("a wrong password", () => {
  test("costs the address that guesses, and nobody else", async () => {
    const { port } = await startSite("username=me\npassword=secret\n");
    const guesses = Array.from({ length: 30 }, (_, i) => post(port, { headers: login(`me:guess${i}`) }));
    const { status } = await Promise.race([
      post(port, { headers: login("me:secret"), from: "127.0.0.2" }),
      Promise.all(guesses).then(() => ({ status: "after the guesses" })),
    ]);
    expect(status).toBe(200);
    const statuses = (await Promise.all(guesses)).map((answer) => answer.status);
    // The first ones have paid before the last ones come.
    expect(statuses.filter((answer) => answer === 401).length).toBeLessThan(20);
    expect(new Set(statuses)).toEqual(new Set([401, 429]));
  });

  test("is no reason to tell a page of a rebound name that one is asked for", async () => {
    const { port } = await startSite("username=me\npassword=secret\n");
    const browser = { Host: "evil.example", "Accept-Language": "en" };
    expect((await post(port, { headers: browser })).status).toBe(403);
    const { status, text } = await post(port, { headers: { ...browser, ...login("me:secret") } });
    expect(status).toBe(403);
    expect(text).toBe(
      "this server does not answer for evil.example; a name of this machine can be added: allowed_hosts=evil.example\n",
    );
    expect((await post(port, { headers: { Host: "devbox.example", ...login("me:secret") } })).status).toBe(
      200,
    );
  });
});

test("a log that is written faster than its reader reads ends with a line that says so", async () => {
  const flood =
    "[program:flood]\ncommand=/bin/sh -c 'seq 1 4000000; echo LAST'\nautostart=false\nstartsecs=0\nautorestart=false\n";
  const { daemon } = await startSite("", flood);
  const sent = request({ socketPath: daemon.socket, path: "/logtail/flood" });
  sent.end();
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  response.pause();
  const events = watch(daemon.address);
  await events.next("snapshot");
  await daemon.rpc.call("supervisor.startProcess", ["flood"]);
  await events.state("flood", "EXITED");
  const text = Buffer.concat(await response.toArray()).toString();
  expect(text.length).toBeLessThan(20 * 1024 * 1024);
  expect(text).toMatch(/\n==> the rest is left out: it came faster than it was read <==\n$/);
});
