import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { granted } from "../../language-server/granted.ts";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "granted-"));
  mkdirSync(join(folder, "bin"));
  writeFileSync(join(folder, "bin/tool"), "");
  chmodSync(join(folder, "bin/tool"), 0o755);
  symlinkSync("bin", join(folder, "link"));
  writeFileSync(
    join(folder, "package.json"),
    JSON.stringify({ scripts: { dev: "vite", "test:unit": "vitest run" } }),
  );
  writeFileSync(
    join(folder, "Makefile"),
    "CC := gcc\n.PHONY: all\nall install: main.o\n\techo all:\n%.o: %.c\nserve:\n",
  );
});

afterAll(() => rmSync(folder, { recursive: true }));

async function names(wish: Parameters<typeof granted>[0], path = ""): Promise<readonly string[]> {
  return (await granted(wish, path)).map(({ name }) => name).toSorted();
}

test("executables are those of all folders of the PATH, missing ones passed over", async () => {
  expect(await names({ kind: "executables" }, `/nowhere:${folder}/bin:relative`)).toEqual(["tool"]);
});

test("files are those of the folder, folders marked by a slash", async () => {
  expect(await names({ kind: "files", folder, only: "all" })).toEqual([
    "Makefile",
    "bin/",
    "link/",
    "package.json",
  ]);
  expect(await names({ kind: "files", folder, only: "folders" })).toEqual(["bin/", "link/"]);
});

test("scripts are told with their commands", async () => {
  expect(await granted({ kind: "scripts", folder }, "")).toEqual([
    { name: "dev", about: "vite" },
    { name: "test:unit", about: "vitest run" },
  ]);
});

test("targets are the names in a Makefile, no patterns, variables or recipes", async () => {
  expect(await names({ kind: "targets", folder })).toEqual(["all", "install", "serve"]);
});

test("users and groups are those of the machine", async () => {
  expect(await names({ kind: "users" })).toContain("root");
  expect((await granted({ kind: "groups" }, "")).length).toBeGreaterThan(0);
});

test("what cannot be looked at offers nothing", async () => {
  expect(await names({ kind: "files", folder: "/nowhere", only: "all" })).toEqual([]);
  expect(await names({ kind: "scripts", folder: join(folder, "bin") })).toEqual([]);
});
