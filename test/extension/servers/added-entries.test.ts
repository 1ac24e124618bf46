import { expect, test } from "vitest";
import {
  addedServers,
  typedServer,
  withoutServer,
  withServer,
} from "../../../extension/servers/added-entries.ts";

test("what stands before the @ of an address is neither shown nor kept in the settings", () => {
  expect(typedServer("http://me:pa%20ss@prod:9001/RPC2")).toEqual({
    url: "http://prod:9001",
    name: "prod:9001",
    credentials: { username: "me", password: "pa ss" },
  });
  expect(addedServers([{ url: "http://me:secret@prod:9001" }], [])).toEqual([
    { key: "http://prod:9001", url: "http://prod:9001" },
  ]);
});

test.each([
  ["127.0.0.1:9001", "http://127.0.0.1:9001"],
  ["/run/supervisor.sock", "unix:///run/supervisor.sock"],
  [" https://host/sub/ ", "https://host/sub"],
])("%j is the address %s", (text, url) => {
  expect(typedServer(text).url).toBe(url);
});

test("what is no address is refused with a sentence that shows no password", () => {
  expect(() => typedServer("ftp://me:secret@host")).toThrow(
    "cannot use the server URL ftp://host: it begins with neither unix:// nor http://",
  );
});

test("servers of one name are told apart by their addresses, and one address counts once", () => {
  const setting = [
    { name: "prod", url: "http://a:1" },
    { name: "prod", url: "http://b:1" },
    { url: "http://b:1" },
    { name: "supervisord.conf", url: "http://c:1" },
    { name: "typed", url: "http" },
    7,
  ];
  expect(addedServers(setting, ["supervisord.conf"])).toEqual([
    { key: "prod", url: "http://a:1" },
    { key: "http://b:1", url: "http://b:1" },
    { key: "http://c:1", url: "http://c:1" },
  ]);
});

test("adding an address again replaces it, and removing it leaves the others as they are", () => {
  const before = [{ name: "a", url: "http://a:1" }, { odd: true }];
  const added = withServer(before, "new", "http://a:1");
  expect(added).toEqual([{ odd: true }, { name: "new", url: "http://a:1" }]);
  expect(withoutServer(added, "http://a:1")).toEqual([{ odd: true }]);
  expect(withServer(undefined, "http://x", "http://x")).toEqual([{ url: "http://x" }]);
});
