import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Document, parseDocument } from "../../../daemon/config/document.ts";
import { editDocument } from "../../../daemon/config/edit-document.ts";
import { SemanticTokens } from "../../../language-server/features/semantic-tokens.ts";
import { TOKEN_TYPES } from "../../../language-server/features/token-legend.ts";
import { numbersInLines, numbersOf, tokenEdits } from "../../../language-server/features/token-stream.ts";
import { valueTokens } from "../../../language-server/features/value-tokens.ts";

/** Each token as `TYPE TEXT`. */
function tokens(text: string): string[] {
  const document = parseDocument(text);
  return decoded(document, numbersOf(new SemanticTokens().of(document)));
}

function decoded({ text, lines }: Document, data: readonly number[]): string[] {
  const found: string[] = [];
  let line = 0;
  let character = 0;
  for (let at = 0; at < data.length; at += 5) {
    const [down = 0, right = 0, length = 0, type = 0, modifiers = 0] = data.slice(at, at + 5);
    character = down === 0 ? character + right : right;
    line += down;
    const start = (lines.starts[line] ?? 0) + character;
    const declared = modifiers === 1 ? "declared " : "";
    found.push(`${declared}${TOKEN_TYPES[type]} ${text.slice(start, start + length)}`);
  }
  return found;
}

test("a header has its kind and the name that it brings", () => {
  expect(tokens("[program:web] junk\n[supervisord]\n[DEFAULT]\n")).toEqual([
    "keyword program",
    "declared class web",
    "comment junk",
    "keyword supervisord",
    "keyword DEFAULT",
  ]);
});

test("a section and an option that Supervisor does not know are marked as such", () => {
  expect(tokens("[progam:web]\nx=1\n[program:a]\nautostrat=true\n")).toEqual([
    "unknownOption progam:web",
    "property x",
    "string 1",
    "keyword program",
    "declared class a",
    "unknownOption autostrat",
  ]);
});

describe("a value has the tokens of its type:", () => {
  test.each([
    ["autostart=true", ["enumMember true"]],
    ["stopsignal=TERM", ["enumMember TERM"]],
    ["startsecs=10", ["number 10"]],
    ["exitcodes=0,2", ["number 0", "number 2"]],
    ["stdout_logfile_maxbytes=50MB", ["number 50MB"]],
    ["stdout_logfile=AUTO", ["enumMember AUTO"]],
    [
      "stdout_logfile=/a b/%(program_name)s.log",
      ["string /a", "string b/", "macro %(program_name)s", "string .log"],
    ],
    [
      "command=/bin/app --port 80 100%% ;x",
      ["function /bin/app", "parameter --port", "string 80", "string 100", "macro %%", "comment ;x"],
    ],
    ['environment=A="1",B=%(ENV_HOME)s', ["variable A", 'string "1"', "variable B", "macro %(ENV_HOME)s"]],
  ])("%s", (line, expected) => {
    expect(tokens(`[program:a]\n${line}\n`).slice(3)).toEqual(expected);
  });

  test("the programs of a group", () => {
    expect(tokens("[group:g]\nprograms=a, b\n").slice(3)).toEqual(["class a", "class b"]);
  });

  test("what continues it, but no second program in a command", () => {
    expect(tokens("[program:a]\ncommand=app\n  --x ; note\n  y\n").slice(3)).toEqual([
      "function app",
      "parameter --x",
      "comment ; note",
      "string y",
    ]);
  });
});

test("text that a comment sign cuts off is a comment", () => {
  expect(tokens("; one\n[program:a]\nuser=me ;not\n").filter((one) => one.startsWith("comment"))).toEqual([
    "comment ; one",
    "comment ;not",
  ]);
});

test("values of a megabyte take no longer than their length asks for", () => {
  const signs = ["1", " ", "%", "a", "%(", '"', "%(a", "-", "=", ",", "1a"];
  for (const type of ["text", "bytes", "port", "environment", "command", "logfile", "exitcodes"] as const) {
    for (const sign of signs) {
      const startedAt = performance.now();
      valueTokens(sign.repeat(200_000), type, true);
      expect(performance.now() - startedAt).toBeLessThan(2000);
    }
  }
});

test("a part of a document has its tokens only, in the same places", () => {
  const document = parseDocument("[program:a]\nuser=x\n\n[program:b]\npriority=1\n; end\n");
  const part = numbersInLines(new SemanticTokens().of(document, 4), 4, 4);
  expect(decoded(document, part)).toEqual(["property priority", "number 1"]);
});

test("tokens after an edit are those of the text, and one edit leads to them", () => {
  const known = new SemanticTokens();
  const before = parseDocument("[program:a]\nuser=x\n[program:b]\npriority=1\n");
  const old = known.of(before);
  const after = editDocument(before, { start: 12, end: 12 }, "directory=/x\n\n");
  const now = known.of(after);
  expect(numbersOf(now)).toEqual(numbersOf(new SemanticTokens().of(parseDocument(after.text))));
  const [edit] = tokenEdits(old, now);
  const changed = numbersOf(old);
  changed.splice(edit?.start ?? 0, edit?.deleteCount ?? 0, ...(edit?.data ?? []));
  expect(changed).toEqual(numbersOf(now));
  expect(edit?.data?.length).toBeLessThan(numbersOf(now).length);
  expect(tokenEdits(now, now)).toEqual([]);
});

test("lines, parts and edits of tokens agree with all of them, whatever the text and the edit", () => {
  const text = fc.array(
    fc.constantFrom("[program:a]", "user=x", "a", "", "; note", " b=%(here)s ;cut", "=", "x:1,2"),
  );
  fc.assert(
    fc.property(
      text,
      fc.nat(),
      fc.nat(9),
      text,
      fc.nat(12),
      fc.nat(6),
      (lines, at, length, added, from, more) => {
        const known = new SemanticTokens();
        const before = parseDocument(lines.join("\n"));
        const old = known.of(before);
        const start = at % (before.text.length + 1);
        const end = Math.min(before.text.length, start + length);
        const after = editDocument(before, { start, end }, added.join("\n"));
        const now = known.of(after);
        const all = numbersOf(now);
        const changed = numbersOf(old);
        for (const edit of tokenEdits(old, now))
          changed.splice(edit.start, edit.deleteCount, ...(edit.data ?? []));
        expect(changed).toEqual(all);
        expect(all).toEqual(numbersOf(new SemanticTokens().of(parseDocument(after.text))));
        expect(numbersInLines(now, 0, after.lines.starts.length)).toEqual(all);
        const to = from + more;
        const part = numbersInLines(known.of(after, to), from, to);
        expect(placed(part)).toEqual(placed(all).filter(({ line }) => line >= from && line <= to));
      },
    ),
    { numRuns: 1000 },
  );
});

/** Where tokens stand, and what each is. */
function placed(data: readonly number[]) {
  let line = 0;
  let character = 0;
  return Array.from({ length: data.length / 5 }, (_, index) => {
    const [down = 0, across = 0, ...rest] = data.slice(index * 5, index * 5 + 5);
    character = down === 0 ? character + across : across;
    line += down;
    return { line, character, rest };
  });
}
