import { expect, test } from "vitest";
import type { CompletionItem, TextEdit } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { completionsAt, resolveCompletion } from "../../../language-server/features/completion.ts";
import { english } from "../../../language-server/l10n/words.ts";
import { withCursor } from "../cursor.ts";

const SURROUNDINGS = {
  snippets: true,
  programs: () => ["web", "worker"],
  variables: ["HOME", "PATH"],
  words: english,
  again: null,
};

function offered(marked: string): CompletionItem[] {
  const { document, offset } = withCursor(marked);
  return completionsAt(document, offset, SURROUNDINGS);
}

function labels(marked: string): string[] {
  return offered(marked).map((item) => item.label);
}

/** The whole text after the item of that label is taken. */
function taken(marked: string, label: string): string {
  const item = offered(marked).find((one) => one.label === label);
  if (item?.textEdit === undefined) throw new Error(`cannot take ${label}: not offered`);
  const text = TextDocument.create("file:///t", "supervisord-conf", 1, marked.replace("¦", ""));
  return TextDocument.applyEdits(text, [item.textEdit as TextEdit]);
}

test("a program is offered the options it does not have yet", () => {
  const names = labels("[program:web]\ncommand=app\n¦");
  expect(names).toContain("autostart");
  expect(names).toContain("stdout_logfile");
  expect(names).not.toContain("command");
  expect(names).not.toContain("programs");
});

test("an option that is required and missing comes first", () => {
  const first = offered("[eventlistener:l]\n¦").sort((a, b) =>
    (a.sortText ?? "") < (b.sortText ?? "") ? -1 : 1,
  );
  expect(first.slice(0, 2).map((item) => item.label)).toEqual(["events", "command"]);
});

test("taking an option replaces what is typed of it and adds the sign", () => {
  expect(taken("[program:web]\nauto¦\nuser=me", "autostart")).toBe("[program:web]\nautostart=\nuser=me");
});

test("an option that already has its sign is replaced alone", () => {
  expect(taken("[program:web]\nauto¦=true", "autostart")).toBe("[program:web]\nautostart=true");
});

test("an event listener is not offered what it may not have", () => {
  expect(labels("[eventlistener:l]\n¦")).not.toContain("redirect_stderr");
});

test("a section that Supervisor does not know is offered no options", () => {
  expect(labels("[mystery]\nau¦=1")).toEqual([]);
});

test("the text of a comment is offered nothing", () => {
  expect(labels("[program:web]\n; auto¦")).toEqual([]);
  expect(labels("[program:web]\nautostart=true ; au¦")).toEqual([]);
});

test("a bracket is offered the sections that may still be added", () => {
  const names = labels("[supervisord]\n\n[¦]");
  expect(names).toContain("[program:…]");
  expect(names).toContain("[unix_http_server]");
  expect(names).not.toContain("[supervisord]");
});

test("taking a section brings the options it needs, over the bracket that closed itself", () => {
  expect(taken("[pro¦]", "[program:…]")).toBe(`[program:\${1:name}]\ncommand=\${2:command}\n$0`);
});

test("a client without snippets gets a plain header", () => {
  const { document, offset } = withCursor("[pro¦");
  const items = completionsAt(document, offset, { ...SURROUNDINGS, snippets: false });
  const program = items.find((item) => item.label === "[program:…]");
  expect(program?.textEdit?.newText).toBe("[program:name]\n");
  expect(program?.insertTextFormat).toBeUndefined();
});

test("a section can be begun by its name, without the bracket", () => {
  expect(taken("[supervisord]\n\ngro¦", "[group:…]")).toBe(
    `[supervisord]\n\n[group:\${1:name}]\nprograms=\${2:first,second}\n$0`,
  );
  const item = offered("gro¦").find((one) => one.label === "[group:…]");
  expect(item?.filterText).toBe("group");
});

test("an empty document is offered sections", () => {
  expect(labels("¦")).toContain("[supervisord]");
});

test("values follow the type of the option", () => {
  expect(labels("[program:web]\nautostart=¦")).toEqual(["true", "false"]);
  expect(labels("[program:web]\nautorestart=¦")).toEqual(["unexpected", "true", "false"]);
  expect(labels("[program:web]\nstopsignal=¦")).toContain("QUIT");
  expect(labels("[supervisord]\nloglevel=¦")).toContain("blather");
  expect(labels("[program:web]\nstdout_logfile_maxbytes=¦")).toContain("50MB");
  expect(labels("[program:web]\nstdout_logfile=¦")).toContain("NONE");
});

test("a value is replaced as a whole", () => {
  expect(taken("[program:web]\nautostart=tr¦ue\nuser=me", "false")).toBe(
    "[program:web]\nautostart=false\nuser=me",
  );
});

test("a value after white space replaces nothing before the cursor", () => {
  expect(taken("[program:web]\nautostart = ¦", "true")).toBe("[program:web]\nautostart = true");
});

test("the default is marked among the values", () => {
  const items = offered("[program:web]\nautostart=¦");
  expect(items.find((item) => item.label === "true")?.detail).toBe("the default");
});

test("a group is offered the programs that it does not list yet", () => {
  expect(labels("[group:g]\nprograms=web,¦")).toEqual(["worker"]);
  expect(taken("[group:g]\nprograms=web, wo¦", "worker")).toBe("[group:g]\nprograms=web, worker");
});

test("events of a list are offered one by one", () => {
  const marked = "[eventlistener:l]\nevents=TICK_5,PROC¦";
  expect(labels(marked)).not.toContain("TICK_5");
  expect(taken(marked, "PROCESS_STATE")).toBe("[eventlistener:l]\nevents=TICK_5,PROCESS_STATE");
});

test("a percent sign is offered the expansions that the option can take", () => {
  const command = labels("[program:web]\ncommand=app %¦");
  expect(command).toContain("%(process_num)02d");
  expect(command).toContain("%(ENV_HOME)s");
  expect(labels("[program:web]\nautostart=%(¦")).not.toContain("%(process_num)02d");
});

test("taking an expansion replaces what is begun and what closed itself", () => {
  expect(taken("[program:web]\ncommand=%(he¦)s/run", "%(here)s")).toBe("[program:web]\ncommand=%(here)s/run");
  expect(taken("[program:web]\ncommand=%¦sd", "%(here)s")).toBe("[program:web]\ncommand=%(here)ssd");
});

test("a doubled percent sign begins no expansion", () => {
  expect(labels("[program:web]\ncommand=date %%¦")).toEqual([]);
});

test("an indented line is part of the value above and is offered that option's values", () => {
  expect(labels("[program:web]\ncommand=app\n  auto¦")).toEqual([]);
  expect(labels("[group:g]\nprograms=web,\n  ¦wo")).toEqual(["worker"]);
});

test("explanations come when an item is looked at", () => {
  const item = offered("[program:web]\n¦").find((one) => one.label === "stopsignal");
  expect(item?.documentation).toBeUndefined();
  expect(JSON.stringify(resolveCompletion(item ?? { label: "" }, english))).toContain("Since Supervisor 3.0");
});

test("an item of unknown origin is handed back as it is", () => {
  expect(resolveCompletion({ label: "x", data: { kind: "none" } }, english)).toEqual({
    label: "x",
    data: { kind: "none" },
  });
  expect(resolveCompletion({ label: "x" }, english)).toEqual({ label: "x" });
});
