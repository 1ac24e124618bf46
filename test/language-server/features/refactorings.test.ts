import { describe, expect, test } from "vitest";
import type { CodeAction } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { type RefactorSource, refactoringsAt } from "../../../language-server/features/refactorings.ts";
import { english } from "../../../language-server/l10n/words.ts";
import { type Files, machine, siteWith } from "../site.ts";

function actionsAt(main: string, others: Files, there: Partial<RefactorSource> = {}): CodeAction[] {
  const { site, offset } = siteWith(main, others);
  const document = site.documents.get(site.file);
  if (document === undefined) throw new Error("cannot find the asked file");
  const source = { site, document, machine, exists: () => false, glob: () => [], ...there };
  const target = { words: english, uriOf: (path: string) => `file://${path}`, changesFiles: true };
  return refactoringsAt(source, offset, target);
}

/** All files after the action of a title: texts by path, null for one that is deleted. */
function filesAfter(
  main: string,
  title: string,
  others: Files = {},
  there: Partial<RefactorSource> = {},
): Readonly<Record<string, string | null>> {
  const action = actionsAt(main, others, there).find((one) => one.title === title);
  if (action === undefined) throw new Error(`cannot find the action ${title}`);
  const { site } = siteWith(main, others);
  const texts: Record<string, string | null> = {};
  for (const [path, { text }] of site.documents) texts[path] = text;
  for (const change of action.edit?.documentChanges ?? []) {
    if ("textDocument" in change) {
      const path = change.textDocument.uri.replace("file://", "");
      const before = TextDocument.create("file:///x", "conf", 1, texts[path] ?? "");
      texts[path] = TextDocument.applyEdits(
        before,
        change.edits.filter((edit) => "newText" in edit),
      );
    } else if (change.kind === "create") texts[change.uri.replace("file://", "")] = "";
    else if (change.kind === "delete") texts[change.uri.replace("file://", "")] = null;
  }
  return texts;
}

const MAIN = "/w/supervisord.conf";

describe("a section moves to a file of its own", () => {
  test("which a new include brings in, with the comments above it", () => {
    const text =
      "[supervisord]\n\n; the web\n[program:w¦eb]\ncommand=%(here)s/web\n\n; next\n[program:b]\ncommand=b\n";
    expect(filesAfter(text, "Move [program:web] to conf.d/web.conf")).toEqual({
      [MAIN]: "[supervisord]\n\n; next\n[program:b]\ncommand=b\n\n[include]\nfiles=conf.d/*.conf\n",
      "/w/conf.d/web.conf": "; the web\n[program:web]\ncommand=%(here)s/../web\n",
    });
  });

  test("which stands where others are included already", () => {
    const text = "[program:w¦eb]\ncommand=w\n[include]\nfiles = a.conf supervisor.d/*.ini\n";
    expect(filesAfter(text, "Move [program:web] to supervisor.d/web.ini")).toEqual({
      [MAIN]: "[include]\nfiles = a.conf supervisor.d/*.ini\n",
      "/w/supervisor.d/web.ini": "[program:web]\ncommand=w\n",
    });
  });

  test("which alone is included where the folder has other files", () => {
    const text = "[program:w¦eb]\ncommand=w\n\n[include]\nfiles=a.conf\n";
    const others = { glob: () => ["/w/conf.d/other.conf"] };
    expect(filesAfter(text, "Move [program:web] to conf.d/web.conf", {}, others)[MAIN]).toBe(
      "[include]\nfiles=a.conf conf.d/web.conf\n",
    );
  });

  test.each([
    ["is there already", "[program:w¦eb]\n", {}, { exists: () => true }],
    ["is one of two of its name", "[program:w¦eb]\n[program:web]\n", {}, {}],
    ["would have a name that is none", "[program:w¦eb*]\n", {}, {}],
  ])("but not where it %s", (_, text, others, there) => {
    expect(actionsAt(text, others, there).filter(({ kind }) => kind === "refactor.extract")).toEqual([]);
  });
});

describe("a section of an included file moves back", () => {
  test("before the includes, and its file goes with its last section", () => {
    const part = { "/w/conf.d/web.conf": "; the web\n[program:w¦eb]\ncommand=%(here)s/../web %(here)s/x\n" };
    const main = "[supervisord]\n\n[include]\nfiles=conf.d/*.conf\n";
    expect(filesAfter(main, "Move [program:web] to supervisord.conf", part)).toEqual({
      [MAIN]:
        "[supervisord]\n\n; the web\n[program:web]\ncommand=%(here)s/web %(here)s/conf.d/x\n\n[include]\nfiles=conf.d/*.conf\n",
      "/w/conf.d/web.conf": null,
    });
  });

  test("and what else is in its file stays", () => {
    const part = { "/w/conf.d/x.conf": "[program:a]\ncommand=a\n\n[program:b¦]\ncommand=b\n" };
    expect(filesAfter("[supervisord]\n", "Move [program:b] to supervisord.conf", part)).toEqual({
      [MAIN]: "[supervisord]\n\n[program:b]\ncommand=b\n",
      "/w/conf.d/x.conf": "[program:a]\ncommand=a\n\n",
    });
  });
});

describe("a command is read by a shell", () => {
  test.each([
    ["cat a > b", `bash -c "exec cat a > b"`],
    [`echo "a b" $HOME 'c'`, `bash -c "exec echo \\"a b\\" $HOME 'c'"`],
    ["cd /x && FOO=1 ./run", `bash -c "cd /x && FOO=1 exec ./run"`],
    ["a | b", `bash -c "a | b"`],
    ["sleep 1; exec x", `bash -c "sleep 1; exec x"`],
    ["a 2>&1", `bash -c "exec a 2>&1"`],
    ["printf '\\\\n'", `bash -c "exec printf '\\\\\\\\n'"`],
  ])("%s", (command, wrapped) => {
    const texts = filesAfter(`[program:a]\ncommand=¦${command}\n`, "Run it in bash");
    expect(texts[MAIN]).toBe(`[program:a]\ncommand=${wrapped}\n`);
  });

  test.each(["bash -c 'a'", "a ; b", `a "b`])("but not %s", (command) => {
    expect(actionsAt(`[program:a]\ncommand=¦${command}\n`, {}).map(({ title }) => title)).not.toContain(
      "Run it in bash",
    );
  });
});

test("a program becomes two, with a name for each, and one again", () => {
  const one = "[program:a¦]\ncommand=a\n";
  const two = "[program:a]\ncommand=a\nnumprocs=2\nprocess_name=%(program_name)s_%(process_num)02d\n";
  expect(filesAfter(one, "Run two processes of it")[MAIN]).toBe(two);
  expect(filesAfter(two.replace("]", "¦]"), "Run one process of it")[MAIN]).toBe(one.replace("¦", ""));
});

test("options come into the order of the documentation, with their comments and within their paragraphs", () => {
  const text = "[program:a¦]\nautostart=true\n; what runs\ncommand=a\n  b\n\nuser=me\nx=1\nnumprocs=1\n";
  expect(filesAfter(text, "Sort the options of [program:a]")[MAIN]).toBe(
    "[program:a]\n; what runs\ncommand=a\n  b\nautostart=true\n\nnumprocs=1\nuser=me\nx=1\n",
  );
});

test("options in order, or at different columns, are not sorted", () => {
  const titles = (text: string) => actionsAt(text, {}).map(({ title }) => title);
  expect(titles("[program:a¦]\ncommand=a\nuser=me\n")).not.toContain("Sort the options of [program:a]");
  expect(titles("[program:a¦]\n  user=a\ncommand=me\n")).not.toContain("Sort the options of [program:a]");
});

describe("an environment moves to a file", () => {
  const BY_OPTION = "Move environment to a.env, which env_files names for this daemon";

  test("that env_files names", () => {
    const text = `[program:a]\ncommand=run\nenvironment=¦A="it's",\n  B=2\n`;
    expect(filesAfter(text, BY_OPTION)).toEqual({
      [MAIN]: "[program:a]\ncommand=run\nenv_files=a.env\n",
      "/w/a.env": `A="it's"\nB='2'\n`,
    });
  });

  test("that is read after those that env_files names already", () => {
    const text = "[program:a]\nenv_files=.env -b.env\ncommand=run\nenvironment=¦A=1\n";
    expect(filesAfter(text, BY_OPTION)[MAIN]).toBe("[program:a]\nenv_files=.env -b.env a.env\ncommand=run\n");
  });
  test("that a shell reads, where it is plain", () => {
    const text = `[program:a]\nenvironment=¦A="it's",B=2\ncommand=run "x"\n`;
    expect(filesAfter(text, "Move environment to a.env, which a shell reads")).toEqual({
      [MAIN]: `[program:a]\ncommand=bash -c "set -a; . '%(here)s/a.env'; exec run \\"x\\""\n`,
      "/w/a.env": "A='it'\\''s'\nB='2'\n",
    });
  });

  test.each([
    `environment=¦A="%(here)s"\ncommand=run`,
    `environment=¦A="1"\ncommand=run %(ENV_A)s`,
    `environment=A="1"\nenvironment=¦A="2"\ncommand=run`,
  ])("but not %j", (lines) => {
    const actions = actionsAt(`[program:a]\n${lines}\n`, {});
    expect(actions.filter(({ title }) => title.includes(".env"))).toEqual([]);
  });
});

test("a command that is a script already keeps it, and the file is not for a shell", () => {
  const titles = actionsAt(`[program:a]\nenvironment=¦A="1"\ncommand=sh -c 'x'\n`, {}).map(
    ({ title }) => title,
  );
  expect(titles.filter((title) => title.includes("a.env"))).toHaveLength(1);
});

test("an editor that cannot create files is offered what needs none", () => {
  const { site, offset } = siteWith("[program:a¦]\ncommand=a\n");
  const document = site.documents.get(site.file);
  if (document === undefined) throw new Error("cannot find the asked file");
  const source = { site, document, machine, exists: () => false, glob: () => [] };
  const target = { words: english, uriOf: (path: string) => `file://${path}`, changesFiles: false };
  expect(refactoringsAt(source, offset, target).map(({ title }) => title)).toEqual([
    "Run two processes of it",
  ]);
});
