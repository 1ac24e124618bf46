import { expect, test } from "vitest";
import { diffGroups } from "../../../daemon/config/diff.ts";
import { processChanges } from "../../../daemon/config/process-changes.ts";
import { sectionChanges } from "../../../daemon/config/section-changes.ts";
import { readText } from "./reading.ts";

function changes(before: string, after: string) {
  const [active = [], read = []] = [before, after].map(
    (text) => readText(`[supervisord]\n${text}`).configuration?.groups ?? [],
  );
  return processChanges(active, read, diffGroups(active, read));
}

const A = "[program:a]\ncommand=x\n";
const B = "[program:b]\ncommand=y\n";

test("a change tells each option with its value before and after, variables one by one", () => {
  expect(
    changes(`${A}environment=V="1",W="2"\n`, '[program:a]\ncommand=z\nstopsignal=INT\nenvironment=V="3"\n'),
  ).toEqual([
    {
      group: "a",
      name: "a",
      kind: "changed",
      options: [
        { name: "command", before: "x", after: "z" },
        { name: "stopsignal", before: "TERM", after: "INT" },
        { name: "environment.V", before: "1", after: "3" },
        { name: "environment.W", before: "2", after: null },
      ],
    },
  ]);
});

test("what comes and what goes is told by its command", () => {
  expect(changes(A, B)).toEqual([
    {
      group: "b",
      name: "b",
      kind: "added",
      options: [
        { name: "command", before: null, after: "y" },
        { name: "autostart", before: null, after: "true" },
      ],
    },
    {
      group: "a",
      name: "a",
      kind: "removed",
      options: [
        { name: "command", before: "x", after: null },
        { name: "autostart", before: "true", after: null },
      ],
    },
  ]);
});

test("of a group that differs, only those processes are told that do", () => {
  const group = "[group:g]\nprograms=a,b\n";
  expect(changes(A + B + group, `${A}${B}startsecs=5\n${group}`)).toEqual([
    {
      group: "g",
      name: "b",
      kind: "changed",
      options: [{ name: "startsecs", before: "1", after: "5" }],
    },
  ]);
  expect(changes(A + B + group, `${A}${B}${group}priority=1\n`)).toEqual([
    { group: "g", name: null, kind: "changed", options: [{ name: "priority", before: "999", after: "1" }] },
  ]);
});

test("sections that only a start of the daemon puts in force are named where they differ", () => {
  const [before, after] = [
    "[supervisord]\n",
    "[supervisord]\nloglevel=debug\n[inet_http_server]\nport=127.0.0.1:9001\n",
  ].map((text) => readText(text).configuration);
  if (!before || !after) throw new Error("refused");
  expect(sectionChanges(before, after)).toEqual(["supervisord", "inet_http_server"]);
  expect(sectionChanges(after, after)).toEqual([]);
});
