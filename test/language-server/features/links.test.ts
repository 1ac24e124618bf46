import { expect, test } from "vitest";
import { linkedPath, linksOf } from "../../../language-server/features/links.ts";
import { type Files, machine, siteWith, textIn } from "../site.ts";

/** Each link as `TEXT -> TARGET`. */
function links(main: string, others: Files = {}): string[] {
  const { site } = siteWith(main, others);
  const document = site.documents.get(site.file);
  if (document === undefined) throw new Error("cannot find the asked file");
  return linksOf(site, machine, document).map(
    (link) => `${textIn(document, link.range)} -> ${link.target ?? linkedPath(link)}`,
  );
}

test.each([
  ["[program:a]\nstdout_logfile=/var/log/a.log\n", "/var/log/a.log -> /var/log/a.log"],
  [
    "[program:a]\nstdout_logfile=%(here)s/%(program_name)s.log\n",
    "%(here)s/%(program_name)s.log -> /w/a.log",
  ],
  [
    "[program:a]\nprocess_name=%(process_num)d\nstderr_logfile=/l/%(process_num)02d\n",
    "/l/%(process_num)02d -> /l/00",
  ],
  ["[unix_http_server]\nfile=/run/s.sock\n", "/run/s.sock -> /run/s.sock"],
  ["[inet_http_server]\nport=*:9001\n", "*:9001 -> http://localhost:9001/"],
  ["[inet_http_server]\nport=127.0.0.1:9001\n", "127.0.0.1:9001 -> http://127.0.0.1:9001/"],
  ["[supervisorctl]\nserverurl=https://host:9001\n", "https://host:9001 -> https://host:9001"],
  ["[supervisorctl]\nserverurl=unix:///run/s.sock\n", "unix:///run/s.sock -> /run/s.sock"],
  ["[fcgi-program:f]\nsocket=unix://%(here)s/f.sock\n", "unix://%(here)s/f.sock -> /w/f.sock"],
  ["[include]\nfiles=extra.ini\n", "extra.ini -> /w/extra.ini"],
  ["[program:a]\ncommand=node --title 'my server' bin/server.js\n", "bin/server.js -> /w/bin/server.js"],
  ["[program:a]\ncommand=x --config=/etc/x.yml\n", "/etc/x.yml -> /etc/x.yml"],
  [
    "[eventlistener:e]\nevents=NO,PROCESS_STATE_FATAL\n",
    "PROCESS_STATE_FATAL -> http://supervisord.org/events.html#process-state-fatal-event-type",
  ],
])("%j has the link %s", (text, link) => {
  expect(links(text)).toEqual([link]);
});

test("a pattern is a link where it brings one file", () => {
  const one = { "/w/conf.d/a.conf": "" };
  expect(links("[include]\nfiles=conf.d/*.conf\n", one)).toEqual(["conf.d/*.conf -> /w/conf.d/a.conf"]);
  expect(links("[include]\nfiles=conf.d/*.conf\n", { ...one, "/w/conf.d/b.conf": "" })).toEqual([]);
});

test.each([
  "[program:a]\nstdout_logfile=NONE\n",
  "[program:a]\nstdout_logfile=/dev/stdout\n",
  "[program:a]\nstdout_logfile=%(nothing)s/x\n",
  "[program:a]\ncommand=echo https://example.org a*b.py -o/x\n",
  "[nothing]\nfile=/x\n",
])("%j has no link", (text) => {
  expect(links(text)).toEqual([]);
});
