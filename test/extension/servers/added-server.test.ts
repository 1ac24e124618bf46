import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { afterEach, beforeEach, expect, test } from "vitest";
import { encodeResponse } from "../../../daemon/xml-rpc/encode.ts";
import { AddedServer } from "../../../extension/servers/added-server.ts";

const LOGIN = `Basic ${Buffer.from("me:secret").toString("base64")}`;

let http: Server | null = null;
let port = 0;
let subject: AddedServer;
let password = "secret";
let wake: () => void = () => {};

beforeEach(async () => {
  password = "secret";
  port = await serve(0);
  subject = new AddedServer(
    { key: "prod", url: `http://127.0.0.1:${port}` },
    { credentials: async () => ({ username: "me", password }), onChange: () => wake() },
  );
});

afterEach(async () => {
  subject.dispose();
  await end();
});

/** A supervisord without an event stream, behind a password. */
async function serve(at: number): Promise<number> {
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      if (request.headers.authorization !== LOGIN) response.writeHead(401).end();
      else if (request.url !== "/RPC2") response.writeHead(404).end();
      else
        response.end(encodeResponse(body.includes("getState") ? { statecode: 1, statename: "RUNNING" } : []));
    });
  }).listen(at, "127.0.0.1");
  await once(server, "listening");
  http = server;
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

async function end(): Promise<void> {
  const server = http;
  http = null;
  if (server === null) return;
  server.closeAllConnections();
  server.close();
  await once(server, "close");
}

async function until(kind: string): Promise<void> {
  while (subject.view.state.kind !== kind) await new Promise<void>((resolve) => (wake = resolve));
}

test("a supervisord of another machine is connected with its password, which its view does not show", async () => {
  subject.setWatched(true);
  await subject.look();
  await until("connected");
  expect(subject.view.state).toMatchObject({ address: `http://127.0.0.1:${port}`, info: null });
  expect(JSON.stringify(subject.view)).not.toContain("secret");
  expect(subject.client).not.toBeNull();
});

test("a wrong password is told apart from a server that is away", async () => {
  password = "wrong";
  await subject.look();
  expect(subject.view.state).toMatchObject({ kind: "unreachable", cause: "password" });
  await end();
  await subject.look();
  expect(subject.view.state).toEqual({ kind: "notRunning" });
});

test("a supervisord that went away is connected again by itself when it is back", async () => {
  subject.setWatched(true);
  await subject.look();
  await until("connected");
  await end();
  subject.refresh();
  await until("unreachable");
  await serve(port);
  await until("connected");
});
