import { describe, expect, test } from "vitest";
import { describeAddress, parseServerUrl } from "../../../daemon/client/address.ts";

describe("a server's URL", () => {
  test("names a socket file, spaces and all", () => {
    expect(parseServerUrl("unix:///run/my app/s.sock")).toEqual({ kind: "unix", path: "/run/my app/s.sock" });
  });

  test("names a host, with a path where a proxy stands in front", () => {
    expect(parseServerUrl("http://host:9001/")).toEqual({ kind: "http", url: "http://host:9001" });
    expect(parseServerUrl("https://host/sup/RPC2")).toEqual({ kind: "http", url: "https://host/sup" });
  });

  test("may carry credentials, which are never shown again", () => {
    const address = parseServerUrl("http://me:p%40ss@host:1");
    expect(address).toEqual({ kind: "http", url: "http://host:1", username: "me", password: "p@ss" });
    expect(describeAddress(address)).toBe("http://host:1");
  });

  test("gives way to credentials told apart from it", () => {
    expect(parseServerUrl("http://a:b@h", { username: "c", password: "d" })).toMatchObject({ username: "c" });
  });

  test.each([
    [
      "ftp://me:secret@host",
      "cannot use the server URL ftp://host: it begins with neither unix:// nor http://",
    ],
    ["unix://", "cannot use the server URL unix://: it names no socket file"],
    ["http://", "cannot use the server URL http://: it is not a URL"],
  ])("%s is refused without its secrets", (url, message) => {
    expect(() => parseServerUrl(url)).toThrow(message);
  });
});
