import { expect, test } from "vitest";
import { diffGroups } from "../../../daemon/config/diff.ts";
import { readText } from "./reading.ts";

function diffOf(before: string, after: string) {
  const [active, read] = [before, after].map(
    (text) => readText(`[supervisord]\n${text}`).configuration?.groups ?? [],
  );
  return diffGroups(active ?? [], read ?? []);
}

const A = "[program:a]\ncommand=x\n";
const B = "[program:b]\ncommand=y\n";
const F = "[fcgi-program:f]\ncommand=x\nsocket=unix:///tmp/f.sock\n";

test.each<[string, string, string, ReturnType<typeof diffOf>]>([
  ["nothing", A + B, B + A, { added: [], changed: [], removed: [] }],
  [
    "comments and defaults",
    A,
    "[program:a] ; note\ncommand = x ; c\nstartsecs=1\n",
    { added: [], changed: [], removed: [] },
  ],
  ["a new program", A, A + B, { added: ["b"], changed: [], removed: [] }],
  ["a program gone", A + B, A, { added: [], changed: [], removed: ["b"] }],
  ["a command", A, "[program:a]\ncommand=z\n", { added: [], changed: ["a"], removed: [] }],
  ["a variable", A, `${A}environment=V="1"\n`, { added: [], changed: ["a"], removed: [] }],
  ["the daemon's environment", A, `environment=V="1"\n${A}`, { added: [], changed: ["a"], removed: [] }],
  ["a priority", A, `${A}priority=1\n`, { added: [], changed: ["a"], removed: [] }],
  [
    "the number of processes",
    A,
    `${A}numprocs=2\nprocess_name=a%(process_num)d\n`,
    { added: [], changed: ["a"], removed: [] },
  ],
  [
    "the kind of group",
    A,
    "[fcgi-program:a]\ncommand=x\nsocket=tcp://h:1\n",
    { added: [], changed: ["a"], removed: [] },
  ],
  ["a move into a group", A, `${A}[group:g]\nprograms=a\n`, { added: ["g"], changed: [], removed: ["a"] }],
  [
    "a log from AUTO to a path",
    A,
    `${A}stdout_logfile=/tmp/a.log\n`,
    { added: [], changed: ["a"], removed: [] },
  ],
  [
    "a log from a path to AUTO",
    `${A}stdout_logfile=/tmp/a.log\n`,
    A,
    { added: [], changed: [], removed: [] },
  ],
  [
    "a log from none to a path",
    `${A}stdout_logfile=NONE\n`,
    `${A}stdout_logfile=/tmp/a.log\n`,
    { added: [], changed: ["a"], removed: [] },
  ],
  ["the mode of a FastCGI socket", F, `${F}socket_mode=0777\n`, { added: [], changed: [], removed: [] }],
  [
    "the path of a FastCGI socket",
    F,
    F.replace("f.sock", "g.sock"),
    { added: [], changed: ["f"], removed: [] },
  ],
  [
    "a listener's events",
    `[eventlistener:e]\ncommand=x\nevents=TICK_5\n`,
    `[eventlistener:e]\ncommand=x\nevents=TICK_60\n`,
    { added: [], changed: ["e"], removed: [] },
  ],
])("reread after a change of %s", (_name, before, after, expected) => {
  expect(diffOf(before, after)).toEqual(expected);
});
