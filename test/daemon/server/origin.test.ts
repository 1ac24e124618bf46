import { describe, expect, test } from "vitest";
import { foreignRequest, type Listener } from "../../../daemon/server/origin.ts";

const LOOPBACK: Listener = { family: "inet", names: ["127.0.0.1", "thishost"] };
const EVERYWHERE: Listener = { family: "inet", names: ["", "thishost"] };
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
    expect(refused({ family: "inet", names: ["devbox"] }, { host: "devbox:9001" })).toBe(false);
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

  test("also where the password is given: only a program may name any host then", () => {
    const rebound = { host: "evil.example:9001" };
    expect(refused(EVERYWHERE, rebound, true)).toBe(false);
    for (const mark of ["accept-language", "origin", "cookie", "sec-fetch-mode", "sec-fetch-site"]) {
      expect(refused(EVERYWHERE, { ...rebound, [mark]: "x" }, true, "GET")).toBe(true);
    }
    expect(refused(EVERYWHERE, { ...rebound, origin: "http://evil.example:9001" }, true)).toBe(true);
  });

  test.each([
    "127.0.0.1.evil.example",
    "127.evil.example:9001",
    "localhost.evil.example",
    "thishost.evil.example",
    "evil.example@127.0.0.1",
    "127.0.0.1:9001:80",
    "[::1].evil.example",
    "0177.0.0.1",
    "127.1",
  ])("a name that only looks like an address of its own is refused: %s", (host) => {
    expect(refused(LOOPBACK, { host })).toBe(true);
  });

  test("the machine's own name will do, in any case", () => {
    expect(refused(EVERYWHERE, { host: "ThisHost:9001" })).toBe(false);
  });

  test("another port of this machine is another site", () => {
    expect(refused(LOOPBACK, { host: "localhost:9001", "sec-fetch-site": "same-site" }, false, "GET")).toBe(
      true,
    );
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
    expect(refused(UNIX, { host: "evil.example:8001", "accept-language": "en" }, false, "GET")).toBe(true);
    expect(refused(UNIX, { host: "localhost:8001", origin: "http://localhost:8001" })).toBe(false);
    expect(refused(UNIX, { host: "evil.example:8001", origin: "http://evil.example:8001" })).toBe(true);
    expect(refused(UNIX, { host: "localhost:8001", origin: "http://evil.example" })).toBe(true);
  });
});
