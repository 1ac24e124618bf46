import { expect, test } from "vitest";
import { definitionAt } from "../../../language-server/features/definition.ts";
import { type Files, machine, shown, siteWith } from "../site.ts";

function definition(main: string, others: Files = {}): readonly string[] {
  const { site, offset } = siteWith(main, others);
  const { locations, paths } = definitionAt(site, machine, offset);
  return [...shown(site, locations), ...paths];
}

test("a member of a group leads to its section in another file", () => {
  const files = { "/w/conf.d/web.conf": "[program:web]\ncommand=a\n" };
  expect(definition("[group:g]\nprograms=api,w¦eb\n", files)).toEqual(["web.conf:1 web"]);
});

test("a section that is written twice is defined in both places", () => {
  expect(definition("[program:w]\n[program:w]\n[group:g]\nprograms=w¦\n")).toHaveLength(2);
});

test("an expanded variable leads to the environment that sets it", () => {
  const text = '[supervisord]\nenvironment=A="1"\n[program:w]\ncommand=a %(ENV_¦A)s\n';
  expect(definition(text)).toEqual(["supervisord.conf:2 A"]);
});

test("a variable from outside leads nowhere", () => {
  expect(definition("[program:w]\ncommand=a %(ENV_¦HOME)s\n")).toEqual([]);
});

test("an include leads to the files that its pattern brings", () => {
  const files = { "/w/conf.d/a.conf": "[program:a]\n", "/w/conf.d/b.conf": "[program:b]\n", "/w/c.ini": "" };
  expect(definition("[include]\nfiles=*.ini conf.d/¦*.conf\n", files)).toEqual([
    "/w/conf.d/a.conf",
    "/w/conf.d/b.conf",
  ]);
});

test.each([
  ["[program:w]\nstdout_logfile=logs/%(program_name)s¦.log\n", "/w/logs/w.log"],
  ["[program:w]\nstdout_logfile=~/¦w.log\n", "/home/me/w.log"],
  ["[program:w]\ndirectory=/srv/app\ncommand=python3 -u app.p¦y\n", "/srv/app/app.py"],
  ["[program:w]\ndirectory=/srv/app\ncommand=./r¦un --x\n", "/w/run"],
  ["[program:w]\ncommand=x --config=%(here)s/x¦.yml\n", "/w/x.yml"],
  ["[supervisord]\nlogfile=%(ENV_HOME)s/s¦.log\n", "/home/me/s.log"],
])("%j leads to %s", (text, path) => {
  expect(definition(text)).toEqual([path]);
});

test("here is the folder of the file that it stands in", () => {
  const files = { "/w/conf.d/a.conf": "[program:a]\nstdout_logfile=%(here)s/a¦.log\n" };
  expect(definition("[include]\nfiles=conf.d/*\n", files)).toEqual(["/w/conf.d/a.log"]);
});

test("a client's socket leads to the line that opens it", () => {
  const text =
    "[unix_http_server]\nfile=%(here)s/s.sock\n[supervisorctl]\nserverurl=unix://%(here)s/¦s.sock\n";
  expect(definition(text)).toEqual(["supervisord.conf:2 %(here)s/s.sock"]);
});

test.each([
  ["[program:w]\nuser=ww¦w\n", "passwd", "www"],
  ["[unix_http_server]\nfile=/s\nchown=w¦ww:adm\n", "passwd", "www"],
  ["[unix_http_server]\nfile=/s\nchown=www:ad¦m\n", "group", "adm"],
])("%j leads to the account in %s of %s", (text, database, name) => {
  const { site, offset } = siteWith(text);
  expect(definitionAt(site, machine, offset).account).toMatchObject({ database, name });
});

test.each(["stdout_logfile=AU¦TO", "stdout_logfile=/dev/std¦out", "autostart=tr¦ue", "command=ec¦ho hi"])(
  "%s leads nowhere",
  (line) => {
    expect(definition(`[program:w]\n${line}\n`)).toEqual([]);
  },
);
