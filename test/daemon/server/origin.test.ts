import { describe, expect, test } from "vitest";
import { foreignRequest, type Listener } from "../../../daemon/server/origin.ts";

const LOOPBACK: Listener = { family: "inet", host: "127.0.0.1" };
const EVERYWHERE: Listener = { family: "inet", host: "" };
const UNIX: Listener = { family: "unix" };

type Headers = Readonly<Record<string, string>>;

function refused(listener: Listener, headers: Headers, guarded = false, method = "POST"): boolean {
  return foreignRequest({ method, headers: { ...headers } }, listener, guarded) !== null;
}

describe("on a TCP server", () => {
  test("programs and pages of the server itself are served", () => {
    expect(refused(LOOPBACK, {})).toBe(false);
    expect(refused(LOOPBACK, { host: "127.0.0.1:9001" })).toBe(false);
    expect(refused(LOOPBACK, { host: "[::1]:9001", origin: "http://[::1]:9001" })).toBe(false);
    expect(refused(LOOPBACK, { host: "localhost:9001", origin: "http://localhost:9001" })).toBe(false);
    expect(refused({ family: "inet", host: "devbox" }, { host: "devbox:9001" })).toBe(false);
  });

  test("what another site makes a browser send is not", () => {
    expect(refused(LOOPBACK, { host: "127.0.0.1:9001", origin: "http://evil.example" })).toBe(true);
    expect(refused(LOOPBACK, { host: "127.0.0.1:9001", origin: "http://127.0.0.1:8000" })).toBe(true);
    expect(refused(LOOPBACK, { host: "127.0.0.1:9001", origin: "null" })).toBe(true);
    expect(refused(LOOPBACK, { host: "127.0.0.1:9001", "sec-fetch-site": "cross-site" })).toBe(true);
  });

  test("a name that was rebound to its address is not answered for, even to its own page", () => {
    const rebound = { host: "evil.example:9001", origin: "http://evil.example:9001" };
    expect(refused(LOOPBACK, { ...rebound, "sec-fetch-site": "same-origin" })).toBe(true);
    expect(refused(EVERYWHERE, { host: "evil.example:9001" }, false, "GET")).toBe(true);
  });

  test("any name will do where a password is asked for, which a rebound page does not know", () => {
    expect(refused(EVERYWHERE, { host: "devbox:9001", origin: "http://devbox:9001" }, true)).toBe(false);
    expect(refused(EVERYWHERE, { host: "devbox:9001", origin: "http://evil.example" }, true)).toBe(true);
  });

  test("a link on another site may lead to it, and nothing else from there", () => {
    const link = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" };
    expect(refused(LOOPBACK, { ...link, "sec-fetch-dest": "document" }, false, "GET")).toBe(false);
    expect(refused(LOOPBACK, { ...link, "sec-fetch-dest": "document" }, false, "POST")).toBe(true);
    expect(refused(LOOPBACK, { ...link, "sec-fetch-dest": "iframe" }, false, "GET")).toBe(true);
  });

  test("its page works behind a proxy that speaks https or names another host", () => {
    expect(refused(LOOPBACK, { host: "localhost", origin: "https://localhost" })).toBe(false);
    const renamed = { host: "127.0.0.1:9001", origin: "https://ops.example" };
    expect(refused(LOOPBACK, { ...renamed, "sec-fetch-site": "same-origin" })).toBe(false);
    expect(refused(LOOPBACK, { ...renamed, "sec-fetch-site": "same-site" })).toBe(true);
  });
});

describe("on a unix socket", () => {
  test("programs name any host", () => {
    expect(refused(UNIX, { host: "supervisor" })).toBe(false);
  });

  test("a browser gets through a tunnel by an address only", () => {
    expect(refused(UNIX, { host: "localhost:8001", origin: "http://localhost:8001" })).toBe(false);
    expect(refused(UNIX, { host: "evil.example:8001", origin: "http://evil.example:8001" })).toBe(true);
    expect(refused(UNIX, { host: "localhost:8001", origin: "http://evil.example" })).toBe(true);
  });
});
