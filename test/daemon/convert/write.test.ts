import fc from "fast-check";
import { expect, test } from "vitest";
import { argv, type Draft, draftOf, type Run, shell } from "../../../daemon/convert/draft.ts";
import { together, writeConfiguration, writePrograms } from "../../../daemon/convert/write.ts";
import { splitCommand } from "../../../daemon/core/split-command.ts";
import { processOf, readText } from "../config/reading.ts";

/** What Supervisor would start for a draft. */
function started(draft: Draft): readonly string[] {
  const { text } = writeConfiguration([draft], "A project.");
  const split = splitCommand(processOf(readText(text), "web").command);
  if (!split.ok) throw new Error(split.reason);
  return split.argv;
}

const web = (run: Run, rest: Partial<Draft> = {}) => draftOf("web", run, "test", rest);

test("any arguments arrive as they were", () => {
  const word = fc.string({ unit: fc.constantFrom(..."ab;# '\"%\\$=()[]{}\t,:é启") });
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), (words) => {
      fc.pre(words[0] !== "");
      expect(started(web(argv(...words)))).toEqual(words);
    }),
    { numRuns: 500 },
  );
});

test("any variable arrives as it was, in environment= or through env", () => {
  const value = fc.string({ unit: fc.constantFrom(..."ab;# '\"%\\$=,é") });
  fc.assert(
    fc.property(value, (text) => {
      const draft = web(argv("run"), { environment: { NAME: text } });
      const reading = readText(writeConfiguration([draft], "A project.").text);
      const held = processOf(reading, "web").environment.NAME;
      const words = started(draft);
      expect(held ?? words.find((word) => word.startsWith("NAME="))?.slice(5)).toBe(text);
    }),
    { numRuns: 500 },
  );
});

test.each<[string, readonly string[]]>([
  ["node server.js --port 80", ["node", "server.js", "--port", "80"]],
  ["FOO=1 node server.js", ["env", "FOO=1", "node", "server.js"]],
  ["node server.js -p $PORT", ["sh", "-c", "exec node server.js -p $PORT"]],
  ["FOO=1 node -p $PORT", ["sh", "-c", "exec env FOO=1 node -p $PORT"]],
  ["cd web && npm start", ["sh", "-c", "cd web && npm start"]],
  ["echo 'a ;b'", ["sh", "-c", "echo 'a ;b'"]],
])("the line %s runs as %j", (line, words) => {
  expect(started(web(shell(line)))).toEqual(words);
});

test("a command of several lines is left out, and this is told", () => {
  expect(writeConfiguration([web(shell("a\nb"))], "A project.").skipped).toEqual([{ source: "test" }]);
});

test("names become fit for a header, and stay apart from those that are taken", () => {
  const drafts = [draftOf("dev:web", argv("a"), "x"), draftOf("dev/web", argv("b"), "x")];
  const headers = writePrograms(drafts, ["dev-web"]).text.match(/^\[.*\]$/gm);
  expect(headers).toEqual(["[program:dev-web-2]", "[program:dev-web-3]"]);
});

test("the same command in the same folder is there once", () => {
  const { drafts } = together([
    { drafts: [web(argv("make", "dev"))], skipped: [] },
    { drafts: [draftOf("dev", argv("make", "dev"), "other")], skipped: [] },
  ]);
  expect(drafts.map(({ name }) => name)).toEqual(["web"]);
});

test("what is written has no problem that the editor would show", () => {
  const { text } = writeConfiguration(
    [web(argv("npm", "run", "dev"), { directory: "front end/100%", environment: { PORT: "80", A: "50%" } })],
    "A project.",
  );
  const reading = readText(text, { lenient: true });
  expect(reading.problems).toEqual([]);
  expect(processOf(reading, "web").directory).toBe("/site/front end/100%");
});
