import { expect, test } from "vitest";
import {
  candidatePaths,
  serverKey,
  USUAL_CONFIG_FILES,
  withOwnKeys,
} from "../../../extension/model/discovery.ts";
import manifest from "../../../package.json" with { type: "json" };

test("the extension is activated by exactly the files that it looks for", () => {
  expect(manifest.activationEvents).toEqual(USUAL_CONFIG_FILES.map((path) => `workspaceContains:${path}`));
});

test("what the settings name comes first, once, and counts even while it is missing", () => {
  const paths = candidatePaths(["tools/dev.conf", "./tools//dev.conf", "supervisord.conf"]);
  expect(paths.slice(0, 2)).toEqual([
    { path: "tools/dev.conf", named: true },
    { path: "supervisord.conf", named: true },
  ]);
  expect(new Set(paths.map(({ path }) => path)).size).toBe(paths.length);
});

test("paths that leave the folder are refused", () => {
  const named = candidatePaths(["/etc/supervisord.conf", "../other.conf", "a/../../b.conf", " "]);
  expect(named.every((candidate) => !candidate.named)).toBe(true);
});

test("the folder's name is told where there are several", () => {
  expect(serverKey("site", "supervisord.conf", 1)).toBe("supervisord.conf");
  expect(serverKey("site", "supervisord.conf", 2)).toBe("site/supervisord.conf");
});

test("where two folders of the window have one name, their paths tell their configurations apart", () => {
  const configs = [
    { key: "api/s.conf", file: "/a/api/s.conf" },
    { key: "web/s.conf", file: "/a/web/s.conf" },
    { key: "api/s.conf", file: "/b/api/s.conf" },
  ];
  expect(withOwnKeys(configs).map(({ key }) => key)).toEqual(["a/api/s.conf", "web/s.conf", "b/api/s.conf"]);
});
