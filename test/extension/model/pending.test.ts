import { expect, test } from "vitest";
import type { ConfigPreview, ProcessChange } from "../../../daemon/protocol/preview.ts";
import { changeLenses } from "../../../extension/model/change-lenses.ts";
import { compareOptions } from "../../../extension/model/option-changes.ts";
import {
  canUpdate,
  type Pending,
  pendingMessage,
  pendingOf,
  pendingSummary,
  pendingTexts,
} from "../../../extension/model/pending.ts";
import { buildTree } from "../../../extension/model/tree.ts";
import { aProcess, aServer } from "../processes.ts";

const NOTHING: ConfigPreview = { added: [], changed: [], removed: [], processes: [], sections: [] };
const WEB: ProcessChange = {
  group: "web",
  name: "web",
  kind: "changed",
  options: [
    { name: "command", before: "node a.js", after: "node b.js" },
    { name: "environment.A", before: "1", after: null },
  ],
};
const MAIL: ProcessChange = {
  group: "mail",
  name: "mail",
  kind: "added",
  options: [{ name: "command", before: null, after: "mail" }],
};
const PREVIEW: ConfigPreview = { ...NOTHING, changed: ["web"], added: ["mail"], processes: [WEB, MAIL] };
const PENDING: Pending = { kind: "changes", ...PREVIEW };
const REFUSED: Pending = {
  kind: "refused",
  reason: "No command.",
  place: { file: "/w/a", line: 3, column: 1 },
};

test("what differs is counted, and nothing is pending where nothing does", () => {
  expect(pendingOf(NOTHING)).toBeNull();
  expect(pendingSummary(PENDING)).toBe("1 changed, 1 added");
  expect([canUpdate(PENDING), canUpdate(REFUSED), canUpdate(null)]).toEqual([true, false, false]);
});

test("what only a start of supervisord puts in force is said, and no update is offered for it", () => {
  const pending = pendingOf({ ...NOTHING, sections: ["supervisord"] });
  expect(pending).not.toBeNull();
  expect(canUpdate(pending)).toBe(false);
  expect(pending && pendingSummary(pending)).toBe("[supervisord] changed, for the next start of supervisord");
});

test("above the rows stands which programs differ", () => {
  const server = { ...aServer("s.conf", []), pending: PENDING };
  expect(pendingMessage([server])).toBe(
    "s.conf was changed and is not in force yet: changed web; added mail.",
  );
  expect(pendingMessage([aServer("s.conf", []), { ...server, pending: REFUSED }])).toBeNull();
});

test("the two sides of the comparison hold each program with the options that differ", () => {
  expect(pendingTexts(PREVIEW)).toEqual({
    before: "[program:web]\ncommand = node a.js\nenvironment.A = 1\n",
    after: "[program:web]\ncommand = node b.js\n\n[program:mail]\ncommand = mail\n",
  });
});

test("a server whose configuration changed says so, and has an update", () => {
  const row = (pending: Pending) => {
    const { rows } = buildTree([{ ...aServer("s", [aProcess("web")]), pending }], 0);
    return [...rows.values()];
  };
  expect(row(PENDING)[0]).toMatchObject({
    description: "1 changed, 1 added · 1 of 1 running",
    contextValue: expect.stringMatching(/^server;connected;.*pending/),
    accessibleLabel: "s, 1 of 1 running, 1 changed, 1 added",
  });
  const [server, reason] = row(REFUSED);
  expect(server?.contextValue).not.toContain("pending");
  expect(reason).toMatchObject({
    label: "No command.",
    content: { kind: "message", place: { line: 3 } },
  });
});

test("in the file, the top says what is not in force, and each header what of it is", () => {
  const text =
    "[program:web]\ncommand=node b.js\n[program:jobs]\ncommand=x\n[ program:mail]\n[program: mail ]\n";
  expect(changeLenses(text, PENDING)).toEqual([
    { line: 0, title: "Not in force: 1 changed, 1 added", act: "showChanges" },
    { line: 0, title: "Update", act: "update" },
    { line: 0, title: "Not in force: command, environment", act: "showChanges" },
    { line: 5, title: "Not in force: added", act: "showChanges" },
  ]);
  expect(changeLenses(text, REFUSED)).toEqual([]);
  expect(changeLenses(text, null)).toEqual([]);
});

test("options that a supervisord tells before and after a reread are compared, without secrets", () => {
  const options = (command: string, more = {}) => [
    { group: "web", name: "web", options: { command, startsecs: "1", stdout_logfile: "auto", ...more } },
  ];
  const changed = { added: [], changed: ["web"], removed: [] };
  expect(
    compareOptions(options("x --token abc", { stdout_logfile: "/a" }), options("y --token abc"), changed),
  ).toEqual([
    {
      group: "web",
      name: "web",
      kind: "changed",
      options: [{ name: "command", before: "x --token ***", after: "y --token ***" }],
    },
  ]);
  expect(compareOptions(options("x"), options("x"), changed)).toEqual([
    { group: "web", name: null, kind: "changed", options: [] },
  ]);
  expect(compareOptions([], options("x"), { ...changed, changed: [], added: ["web"] })).toEqual([
    {
      group: "web",
      name: "web",
      kind: "added",
      options: [{ name: "command", before: null, after: "x" }],
    },
  ]);
});
