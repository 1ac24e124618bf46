import { expect, test } from "vitest";
import { commandPlaces } from "../../../daemon/config/command-places.ts";
import { FILE, readText } from "./reading.ts";

const MAIN = `[supervisord]
[include]
files=more.conf
[program:web]
directory=/
command=node
  server.js
[program:pool]
command=work
numprocs=2
process_name=w%(process_num)d
[program:a]
command=one
[program:b]
command=two
[group:g]
programs=a,b
`;

const documents = readText(MAIN, {}, { "/site/more.conf": "[program:late]\ncommand=late\n" }).documents;

function written(group: string, name: string): string | null {
  const place = commandPlaces(documents)({ group, name });
  if (place === null) return null;
  const text = documents.get(place.file)?.text.slice(place.range.start, place.range.end);
  return `${place.file === FILE ? "" : `${place.file}: `}${text}`;
}

test.each([
  ["a program alone in its group", "web", "web", "command=node\n  server.js"],
  ["one of many processes of a program", "pool", "w1", "command=work"],
  ["a member of a group", "g", "b", "command=two"],
  ["a program of an included file", "late", "late", "/site/more.conf: command=late"],
])("the command of %s is found where it is written", (_, group, name, text) => {
  expect(written(group, name)).toBe(text);
});

test("a process that the files no longer define has no place", () => {
  expect(written("gone", "gone")).toBeNull();
});
