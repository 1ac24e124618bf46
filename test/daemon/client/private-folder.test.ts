import { chmodSync, chownSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { distrust } from "../../../daemon/client/private-folder.ts";
import { scratchFolder } from "../../helpers/scratch.ts";

function folders(): { parent: string; root: string; path: string } {
  const parent = scratchFolder();
  const root = join(parent, "supervisord-0");
  const path = join(root, "0123");
  mkdirSync(path, { recursive: true, mode: 0o700 });
  return { parent, root, path };
}

test("a folder of this user's alone is trusted, and so is one that is not there", () => {
  const { root, path } = folders();
  expect(distrust(path)).toBeNull();
  expect(distrust(join(root, "other"))).toBeNull();
  expect(distrust(join(root, "../other/path"))).toBeNull();
});

test.each(["root", "path"] as const)("others may not be able to write to it: %s", (which) => {
  const place = folders();
  chmodSync(place[which], 0o770);
  expect(distrust(place.path)).toBe(
    `others may write to ${place[which]} (mode 770): look at what is in it, then chmod 700 it`,
  );
});

test("a link in its place is not followed", () => {
  const { root } = folders();
  const link = join(root, "link");
  symlinkSync("/tmp", link);
  expect(distrust(link)).toContain("is no folder");
});

test("nobody may be able to put another in its place", () => {
  const { parent, path } = folders();
  chmodSync(parent, 0o777);
  expect(distrust(path)).toContain(`everybody may replace what is in ${parent}`);
  chmodSync(parent, 0o1777);
  expect(distrust(path)).toBeNull();
});

test.runIf(process.getuid?.() === 0)("it may not be somebody else's", () => {
  const { root, path } = folders();
  chownSync(root, 12345, 12345);
  expect(distrust(path)).toContain(`${root} belongs to somebody else (user 12345)`);
});
