import { expect, test } from "vitest";
import type { FileContent, Machine } from "../../daemon/config/machine.ts";
import { pathOfUri, uriOfPath } from "../../language-server/files.ts";
import { OpenDocument } from "../../language-server/open-document.ts";
import { Workspace } from "../../language-server/workspace.ts";

type Disk = { readonly files: Map<string, string>; readonly read: string[] };

function diskOf(files: Record<string, string>): Disk {
  return { files: new Map(Object.entries(files)), read: [] };
}

function machineOf(disk: Disk): Omit<Machine, "cwd"> {
  const readFile = (path: string): FileContent => {
    disk.read.push(path);
    const text = disk.files.get(path);
    return text === undefined ? { kind: "error", code: "ENOENT" } : { kind: "text", text };
  };
  return {
    environment: {},
    hostName: "host",
    tempDirectory: "/tmp",
    readFile,
    glob: (pattern) =>
      [...disk.files.keys()].filter((path) => path.startsWith(pattern.replace("*.conf", ""))),
    isDirectory: () => true,
    homeDirectory: () => null,
    userExists: () => true,
    groupExists: () => true,
  };
}

function textOf(path: string, text: string): OpenDocument {
  return new OpenDocument(uriOfPath(path), 1, text);
}

function codesOf(workspace: Workspace, path: string): string[] {
  const judgement = workspace.judge(uriOfPath(path));
  return (judgement?.problems ?? []).filter(({ file }) => file === path).map(({ code }) => code);
}

const BROKEN = "[program:a]\ncommand=a\nautostart=mayb\n";
const MAIN = "[supervisord]\n[include]\nfiles=conf.d/*.conf\n";

test("what the editor holds goes before what is on disk", () => {
  const disk = diskOf({ "/w/supervisord.conf": MAIN, "/w/conf.d/a.conf": BROKEN });
  const workspace = new Workspace(machineOf(disk), () => 0);
  workspace.hold(textOf("/w/supervisord.conf", MAIN));
  const judged = () => workspace.judge("file:///w/supervisord.conf")?.problems.map(({ file }) => file);
  expect(judged()).toContain("/w/conf.d/a.conf");
  workspace.hold(textOf("/w/conf.d/a.conf", BROKEN.replace("mayb", "true")));
  expect(judged()).not.toContain("/w/conf.d/a.conf");
});

test("a document that was closed has the text on disk again", () => {
  const disk = diskOf({ "/w/supervisord.conf": MAIN, "/w/conf.d/a.conf": BROKEN });
  const workspace = new Workspace(machineOf(disk), () => 0);
  workspace.hold(textOf("/w/supervisord.conf", MAIN));
  const part = textOf("/w/conf.d/a.conf", "");
  workspace.hold(part);
  expect(codesOf(workspace, "/w/conf.d/a.conf")).toEqual([]);
  workspace.release(part);
  expect(workspace.judge("file:///w/conf.d/a.conf")).toBeNull();
  const problems = workspace.judge("file:///w/supervisord.conf")?.problems ?? [];
  expect(problems.map(({ code }) => code)).toContain("value.boolean");
});

test("a part is judged within the configuration that includes it", () => {
  const group = "[group:g]\nprograms=a,b\n";
  const files = {
    "/w/supervisord.conf": MAIN,
    "/w/conf.d/a.conf": "[program:a]\ncommand=a\n",
    "/w/conf.d/g.conf": group,
  };
  const workspace = new Workspace(machineOf(diskOf(files)), () => 0);
  workspace.hold(textOf("/w/conf.d/g.conf", group));
  const problems = workspace.judge("file:///w/conf.d/g.conf")?.problems ?? [];
  const unknown = problems.filter(({ code }) => code === "group.unknown-program");
  expect(unknown.map(({ file, range }) => [file, group.slice(range.start, range.end)])).toEqual([
    ["/w/conf.d/g.conf", "b"],
  ]);
});

test("a part that nothing includes is not told what it lacks", () => {
  const workspace = new Workspace(machineOf(diskOf({})), () => 0);
  workspace.hold(textOf("/w/conf.d/g.conf", "[group:g]\nprograms=a\n"));
  expect(codesOf(workspace, "/w/conf.d/g.conf")).toEqual([]);
});

test("a part that nothing includes is told what is wrong in it", () => {
  const workspace = new Workspace(machineOf(diskOf({})), () => 0);
  workspace.hold(textOf("/w/conf.d/a.conf", BROKEN));
  expect(codesOf(workspace, "/w/conf.d/a.conf")).toEqual(["value.boolean"]);
});

test("a file named supervisord.conf is a whole configuration, and is told that it lacks its section", () => {
  const workspace = new Workspace(machineOf(diskOf({})), () => 0);
  workspace.hold(textOf("/w/supervisord.conf", "[program:a]\ncommand=a\n"));
  expect(codesOf(workspace, "/w/supervisord.conf")).toEqual(["section.no-supervisord"]);
});

test("an include that cannot be read is a problem at its place", () => {
  const text = "[supervisord]\n[include]\nfiles=none/*.conf\n";
  const workspace = new Workspace(machineOf(diskOf({})), () => 0);
  workspace.hold(textOf("/w/supervisord.conf", text));
  const [problem] = workspace.judge("file:///w/supervisord.conf")?.problems ?? [];
  expect(problem?.code).toBe("include.no-match");
  expect(text.slice(problem?.range.start, problem?.range.end)).toBe("none/*.conf");
});

test("a document that is not on disk is judged too", () => {
  const workspace = new Workspace(machineOf(diskOf({})), () => 0);
  workspace.hold(new OpenDocument("untitled:Untitled-1", 1, BROKEN));
  const judgement = workspace.judge("untitled:Untitled-1");
  expect(judgement?.problems.map(({ code }) => code)).toEqual(["value.boolean"]);
  expect(judgement?.find(judgement.file)?.uri).toBe("untitled:Untitled-1");
});

test("a burst of keys asks the disk once, and a while later again", () => {
  let now = 0;
  const disk = diskOf({ "/w/supervisord.conf": MAIN, "/w/conf.d/a.conf": BROKEN });
  const workspace = new Workspace(machineOf(disk), () => now);
  const key = (text: string) => {
    workspace.hold(textOf("/w/supervisord.conf", text));
    workspace.judge("file:///w/supervisord.conf");
  };
  const readings = () => disk.read.filter((path) => path === "/w/conf.d/a.conf").length;
  key(MAIN);
  key(`${MAIN};`);
  key(`${MAIN};;`);
  expect(readings()).toBe(1);
  now = 60_000;
  key(MAIN);
  expect(readings()).toBe(2);
});

test("what changed on disk is read anew once that is told", () => {
  const disk = diskOf({ "/w/supervisord.conf": MAIN, "/w/conf.d/a.conf": BROKEN });
  const workspace = new Workspace(machineOf(disk), () => 0);
  workspace.hold(textOf("/w/supervisord.conf", MAIN));
  const codes = () => workspace.judge("file:///w/supervisord.conf")?.problems.map(({ code }) => code);
  expect(codes()).toContain("value.boolean");
  disk.files.set("/w/conf.d/a.conf", BROKEN.replace("mayb", "true"));
  workspace.forgetDisk();
  expect(codes()).not.toContain("value.boolean");
});

test("an unchanged document is neither parsed nor read again", () => {
  const workspace = new Workspace(machineOf(diskOf({})), () => 0);
  workspace.hold(textOf("/w/supervisord.conf", MAIN));
  const first = workspace.judge("file:///w/supervisord.conf");
  expect(workspace.judge("file:///w/supervisord.conf")?.reading).toBe(first?.reading);
  expect(workspace.documentOf("file:///w/supervisord.conf")).toBe(
    workspace.documentOf("file:///w/supervisord.conf"),
  );
});

test("a document that is too long or closed is not looked at", () => {
  const workspace = new Workspace(machineOf(diskOf({})), () => 0);
  workspace.hold(textOf("/w/supervisord.conf", ";".repeat(10_000_001)));
  expect(workspace.isTooLong("file:///w/supervisord.conf")).toBe(true);
  expect(workspace.judge("file:///w/supervisord.conf")).toBeNull();
  expect(workspace.documentOf("file:///w/other.conf")).toBeNull();
});

test("paths and URIs lead to each other, whatever they hold", () => {
  for (const path of ["/a b/ü/supervisord.conf", "/a%20b/#x?.conf"])
    expect(pathOfUri(uriOfPath(path))).toBe(path);
  for (const uri of [
    "untitled:Untitled-1",
    "vscode-vfs://github/o/r/supervisord.conf",
    "file:///a%2Fb",
    "file://[",
    "x",
  ]) {
    expect(pathOfUri(uri)).toMatch(/^\/[^/]+$/);
  }
});
