import { setTimeout as pause } from "node:timers/promises";
import { completionsAt } from "./features/completion.ts";
import { foldingOf } from "./features/folding.ts";
import { formatDocument } from "./features/formatting.ts";
import { hoverAt } from "./features/hover.ts";
import { SemanticTokens } from "./features/semantic-tokens.ts";
import { symbolsOf } from "./features/symbols.ts";
import { english } from "./l10n/words.ts";
import { OpenDocument } from "./open-document.ts";
import { Diagnoses } from "./told.ts";
import { type Disk, Workspace } from "./workspace.ts";

/** How often a sample is read: code is compiled well once it was called some five hundred times. */
const READINGS = 60;

/** In how many of these it is also asked about: what answers goes over each line, so less is enough. */
const ASKED = 20;

/** While code is compiled it takes memory, which is hardly given back: a pause lets one part be done before the next. */
const PAUSE_MS = 1;

/**
 * Does on a sample what a first document and its first keys will ask for. Code is compiled when it is first called, and
 * compiled well only after many calls: while the server waits, nobody waits for that. It asks before each step whether
 * it is still of use, and after each lets others have their turn.
 */
export async function warmUp(isOfUse: () => boolean, onStep: () => void): Promise<void> {
  for (let reading = 0; reading < READINGS; reading++) {
    const { read, ask } = stepsOnSample();
    for (const step of reading < READINGS - ASKED ? read : [...read, ...ask]) {
      if (!isOfUse()) return;
      step();
      onStep();
      await pause(PAUSE_MS);
    }
  }
}

type Steps = Readonly<Record<"read" | "ask", readonly (() => unknown)[]>>;

function stepsOnSample(): Steps {
  const workspace = new Workspace(NO_DISK, Date.now);
  const diagnoses = new Diagnoses(workspace, { words: english, page: null });
  const sample = new OpenDocument(URI, 1, SAMPLE);
  const read = () => {
    workspace.hold(sample);
    return diagnoses.of(URI);
  };
  const replace = (length: number, text: string) => {
    const range = { start: { line: KEY_LINE, character: 0 }, end: { line: KEY_LINE, character: length } };
    sample.change([{ range, text }], sample.version + 1);
    return read();
  };
  return {
    read: [read, () => replace(0, "x"), () => replace(1, "")],
    ask: [() => ask(sample, OUTLINE), () => ask(sample, AT_CURSOR)],
  };
}

type Question = (document: NonNullable<OpenDocument["document"]>) => unknown;

function ask({ document }: OpenDocument, questions: readonly Question[]): void {
  if (document !== null) for (const question of questions) question(document);
}

const OUTLINE: readonly Question[] = [symbolsOf, foldingOf, (document) => new SemanticTokens().of(document)];

const AT_CURSOR: readonly Question[] = [
  (document) => formatDocument(document, { spacesAroundEquals: "keep", tabSize: 2, insertSpaces: true }),
  (document) => hoverAt(document, SAMPLE.indexOf("command"), english),
  (document) =>
    completionsAt(document, SAMPLE.indexOf("command"), {
      snippets: true,
      programs: () => [],
      variables: [],
      words: english,
      again: null,
    }),
];

const URI = "file:///supervisord.conf";

/** The line of an option whose name is mistyped for a moment. */
const KEY_LINE = 4;

/** Few: what of a sample is in use while garbage is looked for is kept, and takes memory until the whole heap is searched. */
const PROGRAMS = 10;

const SAMPLE = `[supervisord]
nodaemon=true
${Array.from({ length: PROGRAMS }, (_, number) => program(number)).join("")}`;

function program(number: number): string {
  return `
[program:app${number}]
command=/usr/bin/env python3 -m app --port ${8000 + number}
directory=/srv/app${number}
user=www-data
autostart=true
autorestart=unexpected
startsecs=3
priority=${number}
stopsignal=TERM
stopasgroup=true
redirect_stderr=true
stdout_logfile=/var/log/app${number}.log ; rotated by the daemon
stdout_logfile_maxbytes=10MB
environment=HOME="%(here)s",NUMBER="${number}"
`;
}

/** A machine of which nothing is looked at; that directories are missing there is to be told. */
const NO_DISK: Disk = {
  environment: {},
  hostName: "",
  tempDirectory: "/tmp",
  readFile: () => ({ kind: "error", code: "ENOENT" }),
  glob: () => [],
  isDirectory: (path) => path === "/var/log",
  homeDirectory: () => null,
  userExists: () => true,
  groupExists: () => true,
  look: () => null,
};
