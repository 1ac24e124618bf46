import { expect, test } from "vitest";
import { placeAt } from "../../../language-server/features/place.ts";
import { type Wish, wishAt } from "../../../language-server/features/wishes.ts";
import { withCursor } from "../cursor.ts";

const NAMES = new Map([
  ["here", "/site"],
  ["ENV_HOME", "/home/me"],
]);

/** What completion wishes for at the mark, and the text that an answer would replace. */
function wished(lines: string): readonly [Wish, string] | null {
  const { document, offset } = withCursor(`[supervisord]\n[program:web]\n${lines}`);
  const found = wishAt(document, placeAt(document, offset), offset, () => NAMES);
  return found === null ? null : [found.wish, document.text.slice(found.span.start, found.span.end)];
}

const files = (folder: string, only: "all" | "folders" = "all"): Wish => ({ kind: "files", folder, only });

test.each<[string, Wish, string]>([
  ["command=¦", { kind: "executables" }, ""],
  ["command=no¦", { kind: "executables" }, "no"],
  ["command=/usr/bin/no¦", files("/usr/bin/"), "no"],
  ["command=./b¦", files("/site/./"), "b"],
  ["command=%(here)s/bin/¦", files("/site/bin/"), ""],
  ["command=node se¦", files("/site/"), "se"],
  ["directory=/app\ncommand=python3 man¦", files("/app/"), "man"],
  ["directory=%(here)s/api\ncommand=node src/¦", files("/site/api/src/"), ""],
  ["command=app --config conf/¦", files("/site/conf/"), ""],
  ["command=npm run ¦", { kind: "scripts", folder: "/site" }, ""],
  ["command=npm run de¦", { kind: "scripts", folder: "/site" }, "de"],
  ["command=npm --silent run de¦", { kind: "scripts", folder: "/site" }, "de"],
  ["directory=/app\ncommand=yarn ¦", { kind: "scripts", folder: "/app" }, ""],
  ["command=pnpm run ¦", { kind: "scripts", folder: "/site" }, ""],
  ["command=bun run ¦", { kind: "scripts", folder: "/site" }, ""],
  ["command=make ¦", { kind: "targets", folder: "/site" }, ""],
  ["command=/usr/bin/make all te¦", { kind: "targets", folder: "/site" }, "te"],
  ["directory=%(ENV_HOME)s/¦", files("/home/me/", "folders"), ""],
  ["stdout_logfile=%(here)s/log/w¦", files("/site/log/"), "w"],
  ["user=ww¦", { kind: "users" }, "ww"],
])("%s wishes for %j in place of %j", (lines, wish, replaced) => {
  expect(wished(lines)).toEqual([wish, replaced]);
});

test.each([
  "command=npm ¦",
  "command=app --verb¦",
  "command=%(here¦",
  "command=%(program_name)s/b¦",
  "autostart=¦",
  "; command=n¦",
  "comm¦",
])("%s wishes for nothing", (lines) => {
  expect(wished(lines)).toBeNull();
});

test("files of an include and sockets are looked for too", () => {
  const at = (text: string) => {
    const { document, offset } = withCursor(text);
    return wishAt(document, placeAt(document, offset), offset, () => NAMES)?.wish;
  };
  expect(at("[include]\nfiles=a.conf conf.d/¦")).toEqual(files("/site/conf.d/"));
  expect(at("[supervisorctl]\nserverurl=unix:///run/¦")).toEqual(files("/run/"));
  expect(at("[supervisorctl]\nserverurl=http://¦")).toBeUndefined();
});

test("an owner is a user, and after a colon a group", () => {
  const at = (value: string) => {
    const { document, offset } = withCursor(`[unix_http_server]\nchown=${value}`);
    return wishAt(document, placeAt(document, offset), offset, () => NAMES)?.wish.kind;
  };
  expect(at("ro¦")).toBe("users");
  expect(at("root:ro¦")).toBe("groups");
});
