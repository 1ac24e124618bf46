import fc from "fast-check";
import { expect, test } from "vitest";
import { parseDocument } from "../../daemon/config/document.ts";
import { offsetAt, positionAt } from "../../daemon/config/lines.ts";
import type { Machine } from "../../daemon/config/machine.ts";
import { codeActionsOf } from "../../language-server/features/code-actions.ts";
import { diagnosticsOf } from "../../language-server/features/diagnostics.ts";
import { english } from "../../language-server/l10n/words.ts";
import { OpenDocument } from "../../language-server/open-document.ts";
import { Workspace } from "../../language-server/workspace.ts";

const TELLING = { words: english, page: null };

const EMPTY_MACHINE: Omit<Machine, "cwd"> = {
  environment: { HOME: "/home/me" },
  hostName: "host",
  tempDirectory: "/tmp",
  readFile: () => ({ kind: "error", code: "ENOENT" }),
  glob: () => [],
  isDirectory: () => true,
  homeDirectory: () => null,
  userExists: () => true,
  groupExists: () => false,
};

const LINES = [
  "[supervisord]",
  "[program:a]",
  "[program:b c]",
  "[progam:a]",
  "[group:g]",
  "[eventlistener:e]",
  "[fcgi-program:f]",
  "[include]",
  "[inet_http_server]",
  "[rpcinterface:x]",
  "[DEFAULT]",
  "command=bash -c 'a ; b'",
  "command=%(ENV_NONE)s %Y %(here",
  "  autostart=mayb",
  "autorestrat=true",
  'environment=A="x,B=1 C',
  "numprocs=99999999999",
  "numprocs=3",
  "process_name=%(process_num)d",
  "programs=a,,b ;c",
  "events=TICK_5,NONE",
  "socket=unix://",
  "files=*.conf none",
  "port=99999999",
  'stdout_logfile="/x"',
  "stopsignal=SIGNONE",
  "exitcodes=0;2",
  "umask=999",
  "user=nobody #x",
  "= x",
  "broken",
  "; note",
  "",
];

const texts = fc
  .array(
    fc.oneof(
      { weight: 9, arbitrary: fc.constantFrom(...LINES) },
      fc.string({ unit: "binary", maxLength: 8 }),
    ),
    {
      maxLength: 25,
    },
  )
  .map((lines) => lines.join("\n"));

test("any text is judged, and what is told stands within it", () => {
  const uri = "file:///w/supervisord.conf";
  fc.assert(
    fc.property(texts, (text) => {
      const workspace = new Workspace(EMPTY_MACHINE, () => 0);
      workspace.hold(new OpenDocument(uri, 1, text));
      const judgement = workspace.judge(uri);
      if (judgement === null) throw new Error("an open document is not judged");
      const { lines } = parseDocument(text);
      for (const { range } of diagnosticsOf(judgement.problems, judgement.file, judgement.find, TELLING)) {
        for (const position of [range.start, range.end]) {
          expect(positionAt(lines, offsetAt(lines, position))).toEqual(position);
        }
      }
      codeActionsOf(
        judgement.problems,
        judgement.file,
        { start: 0, end: text.length },
        [],
        judgement.find,
        english,
      );
    }),
    { numRuns: 500 },
  );
});
