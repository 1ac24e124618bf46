import { expect, test } from "vitest";
import { highlightsAt, linkedRangesAt, referencesAt } from "../../../language-server/features/references.ts";
import { type Files, shown, siteWith } from "../site.ts";

function references(main: string, others: Files = {}): string[] {
  const { site, offset } = siteWith(main, others);
  return shown(site, referencesAt(site, offset, true));
}

test("a program is found in its header, in groups of other files and in commands that control it", () => {
  const found = references(
    "[program:w¦eb]\ncommand=a\n[program:job]\ncommand=supervisorctl -c x restart web\n",
    {
      "/w/conf.d/g.conf": "[group:g]\nprograms=api, web\n",
    },
  );
  expect(found).toEqual(["supervisord.conf:1 web", "supervisord.conf:4 web", "g.conf:2 web"]);
});

test("a group is found where a command names all of its programs", () => {
  const found = references(
    "[group:g¦]\nprograms=web\n[program:web]\ncommand=bash -c 'supervisorctl restart g:* && supervisorctl stop g:web'\n",
  );
  expect(found).toEqual(["supervisord.conf:1 g", "supervisord.conf:4 g", "supervisord.conf:4 g"]);
});

test("a program in no group is meant by both halves of its name", () => {
  expect(references("[program:web¦]\ncommand=supervisorctl start web:web web:*\n")).toHaveLength(4);
});

test("a group of the same name is told from the program", () => {
  const text = "[group:web]\nprograms=web¦\n[program:web]\ncommand=supervisorctl stop web:web\n";
  expect(references(text)).toEqual([
    "supervisord.conf:2 web",
    "supervisord.conf:3 web",
    "supervisord.conf:4 web",
  ]);
});

test("a listener of superlance names what it watches", () => {
  const text =
    "[program:w¦]\ncommand=a\n[eventlistener:m]\nevents=TICK_60\ncommand=memmon -p w=200MB -g w -a 1GB\n";
  expect(references(text)).toEqual(["supervisord.conf:1 w", "supervisord.conf:5 w", "supervisord.conf:5 w"]);
});

test("other arguments of supervisorctl are no programs", () => {
  const text = "[program:w¦]\ncommand=supervisorctl -u w -c w tail -f w stdout\n";
  expect(references(text)).toEqual(["supervisord.conf:1 w", "supervisord.conf:2 w"]);
});

test("a program's own variable is told from the one of the supervisor", () => {
  const text = [
    "[supervisord]",
    'environment=PORT="1"',
    "[program:a]",
    'environment=PO¦RT="2%(ENV_PORT)s"',
    'command=sh -c "a $PORT $PORT" %(ENV_PORT)s %%(ENV_PORT)s',
    "[program:b]",
    "command=b %(ENV_PORT)s",
  ].join("\n");
  expect(references(text)).toEqual([
    "supervisord.conf:4 PORT",
    "supervisord.conf:5 PORT",
    "supervisord.conf:5 PORT",
    "supervisord.conf:5 PORT",
  ]);
});

test("a variable of the supervisor is found in all programs that do not set it themselves", () => {
  const text =
    '[supervisord]\nenvironment=A="1",P¦="2"\n[program:b]\ncommand=b %(ENV_P)s\n[group:g]\nprograms=b\n';
  expect(references(text)).toEqual(["supervisord.conf:2 P", "supervisord.conf:4 P"]);
});

test("white space and comments have no references", () => {
  expect(references("[program:web]\n¦\ncommand=web\n")).toEqual([]);
  expect(references("[program:web]\n; web¦\n")).toEqual([]);
});

test("only places of the same file are highlighted, the definition as written", () => {
  const { site, offset } = siteWith("[program:web]\n[group:g]\nprograms=we¦b\n", {
    "/w/b.conf": "[group:h]\nprograms=web\n",
  });
  expect(highlightsAt(site, offset).map(({ range, kind }) => [range.start.line, kind])).toEqual([
    [0, 3],
    [2, 2],
  ]);
});

test("a header is edited together with the lists of its own file", () => {
  const { site, offset } = siteWith("[program:web¦]\n[group:g]\nprograms=web\n");
  expect(linkedRangesAt(site, offset)?.ranges.map(({ start }) => start.line)).toEqual([0, 2]);
});

test("a header that another file names is not edited by halves", () => {
  const { site, offset } = siteWith("[program:web¦]\n", { "/w/b.conf": "[group:h]\nprograms=web\n" });
  expect(linkedRangesAt(site, offset)).toBeNull();
});
