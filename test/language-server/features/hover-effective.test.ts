import { expect, test } from "vitest";
import type { MarkupContent } from "vscode-languageserver";
import { parseDocument } from "../../../daemon/config/document.ts";
import { readConfiguration } from "../../../daemon/config/read.ts";
import { effectiveOf } from "../../../language-server/features/effective.ts";
import { hoverAt } from "../../../language-server/features/hover.ts";
import { processLookup } from "../../../language-server/features/live.ts";
import { english } from "../../../language-server/l10n/words.ts";
import type { LiveProcess } from "../../../language-server/requests.ts";
import { memoryMachine } from "../../daemon/config/memory-machine.ts";
import { FILE } from "../../daemon/config/reading.ts";
import { withCursor } from "../cursor.ts";

/** What is said at the mark below the description, as lines. */
function said(
  marked: string,
  { live = [], files = {} }: { live?: readonly LiveProcess[]; files?: Readonly<Record<string, string>> } = {},
): string[] {
  const { document, offset } = withCursor(`[supervisord]\n${marked}`);
  const machine = memoryMachine(
    { [FILE]: document.text, ...files },
    { environment: { HOME: "/home/me", DB_PASSWORD: "s3cret", PATH: "/bin" } },
  );
  const reading = readConfiguration(FILE, machine);
  const documents = new Map([[FILE, document]]);
  for (const [file, text] of Object.entries(files)) documents.set(file, parseDocument(text));
  const site = { file: FILE, documents, find: () => undefined };
  const hover = hoverAt(document, offset, english, {
    site,
    live: processLookup(site, live),
    effective: (section) => effectiveOf(reading, site, section),
  });
  const value = (hover?.contents as MarkupContent | undefined)?.value ?? "";
  return value
    .split("\n\n---\n\n")
    .slice(1)
    .flatMap((paragraph) => paragraph.split("\n\n"));
}

const process = (name: string, state: string, pid: number | null): LiveProcess => {
  return { group: "web", name, id: name, state, pid, acts: [] };
};

test("a command is shown as the words that the process gets", () => {
  expect(said("[program:web]\ncomm¦and=sh -c 'echo \"a b\"' %(program_name)s")).toEqual([
    'As the process gets it: `["sh", "-c", "echo \\"a b\\"", "web"]`',
  ]);
});

test("a command that is cut is shown cut", () => {
  expect(said("[program:web]\ncomm¦and=app --tag #1").at(-1)).toBe(
    'As the process gets it: `["app", "--tag"]`',
  );
});

test("a value with expansions is shown filled in", () => {
  expect(said("[program:web]\ncommand=a\nstdout_log¦file=%(here)s/%(program_name)s.log")).toEqual([
    "In effect: `/site/web.log`",
  ]);
});

test("a value that is as it is written is not repeated", () => {
  expect(said("[program:web]\ncommand=a\ndirec¦tory=/tmp")).toEqual([]);
});

test("of several processes the first is shown, and their number", () => {
  const text = "[program:web]\ncommand=a\nnumprocs=2\nprocess_¦name=%(program_name)s_%(process_num)02d";
  expect(said(text)).toEqual(["The first of 2 processes has `web_00`"]);
});

test("the environment is shown as the program gets it, that of the daemon included, secrets masked", () => {
  const text =
    "environment=A=1\n[program:web]\ncommand=a\nenviron¦ment=B='%(ENV_HOME)s',DB_PASSWORD='%(ENV_DB_PASSWORD)s'";
  expect(said(text)).toEqual(["In effect: \n```\nA=1\nB=/home/me\nDB_PASSWORD=***\n```"]);
});

test("a value that is overridden tells where the one that counts is", () => {
  expect(said("[program:web]\ncom¦mand=a\n[program:web]\ncommand=b").at(-1)).toBe(
    "The value that counts is on line 5.",
  );
  const files = { "/site/part.conf": "[program:web]\ncommand=b\n" };
  expect(said("[include]\nfiles=part.conf\n[program:web]\ncom¦mand=a", { files })).toEqual([
    'As the process gets it: `["b"]`',
    "The value that counts is on line 2 of /site/part.conf.",
  ]);
});

test("a program's header tells its processes and what each does now", () => {
  const live = [process("web_00", "RUNNING", 12), process("web_01", "BACKOFF", null)];
  const text = "[program:w¦eb]\ncommand=a\nnumprocs=2\nprocess_name=%(program_name)s_%(process_num)02d";
  expect(said(text, { live })).toEqual([
    "It runs 2 processes: `web_00`, `web_01`",
    "`web_00`: **RUNNING**, pid 12",
    "`web_01`: **BACKOFF**",
  ]);
});

test("nothing is told of a configuration that Supervisor refuses", () => {
  expect(said("[program:web]\ncomm¦and=a\nautostart=maybe")).toEqual([]);
});
