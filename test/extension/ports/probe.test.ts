import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { type AddressInfo, createServer as createTcpServer, type Server } from "node:net";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { probe } from "../../../extension/ports/probe.ts";
import { scratchFolder } from "../../helpers/scratch.ts";

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function portOf(server: Server, host = "127.0.0.1") {
  servers.push(server);
  server.listen(0, host);
  await once(server, "listening");
  const { port, address } = server.address() as AddressInfo;
  return { port, addresses: [address], pid: process.pid };
}

test("a web server is known, whatever it answers, on IPv4 and IPv6", async () => {
  const web = () => createServer((_, response) => response.writeHead(404).end("no"));
  expect(await probe(await portOf(web()))).toBe("http");
  expect(await probe(await portOf(web(), "::1"))).toBe("http");
});

test("a server that answers in plain words that it wants HTTPS, and gives none, is still the web", async () => {
  const words = "Client sent an HTTP request to an HTTPS server.";
  const server = createServer((_, response) => response.writeHead(400).end(words));
  expect(await probe(await portOf(server))).toBe("http");
});

test("a server of HTTPS is known, though nobody signed its certificate", async () => {
  const folder = scratchFolder();
  const files = ["-keyout", join(folder, "key"), "-out", join(folder, "cert")];
  const kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  execFileSync("openssl", ["req", "-x509", ...kind, "-subj", "/CN=localhost", ...files], { stdio: "ignore" });
  const [key, cert] = [readFileSync(join(folder, "key")), readFileSync(join(folder, "cert"))];
  const server = createSecureServer({ key, cert }, (_, response) => response.end("hello"));
  expect(await probe(await portOf(server))).toBe("https");
});

test("what speaks something else, or hangs up, is no page", async () => {
  const database = createTcpServer((socket) => socket.end("\0\0\0R"));
  expect(await probe(await portOf(database))).toBeNull();
});

test("one that says nothing is not waited for", async () => {
  const mute = createTcpServer((socket) => socket.unref());
  const before = performance.now();
  expect(await probe(await portOf(mute))).toBeNull();
  expect(performance.now() - before).toBeLessThan(4000);
});
