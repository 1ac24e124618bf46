import { beforeAll, expect, test } from "vitest";
import type { IGrammar } from "vscode-textmate";
import { loadGrammar, tokenLines } from "./tokens.ts";

let grammar: IGrammar;

beforeAll(async () => {
  grammar = await loadGrammar();
});

/** The scopes of one text's pieces, by their text. */
function scopesOf(text: string): Map<string, string> {
  return new Map(
    tokenLines(grammar, text).map((line) => {
      const [shown, scope] = line.split(" -> ");
      return [(shown ?? "").trim(), scope ?? ""];
    }),
  );
}

test("a section header shows its kind and its name apart", () => {
  const scopes = scopesOf("[program:web]");
  expect(scopes.get("program")).toBe("keyword.control.section");
  expect(scopes.get("web")).toBe("entity.name.type");
  expect(scopes.get("[")).toBe("punctuation.definition.section.begin");
});

test("a comment opens a line, or follows white space", () => {
  expect(scopesOf("; one\n  # two")).toEqual(
    new Map([
      [";", "punctuation.definition.comment"],
      ["one", "comment.line"],
      ["#", "punctuation.definition.comment"],
      ["two", "comment.line"],
    ]),
  );
  expect(scopesOf("directory=/a;b ;c").get("/a;b")).toBe("string.unquoted");
  expect(scopesOf("directory=/a;b ;c").get("c")).toBe("comment.line");
});

test("quotes do not protect a value from a comment", () => {
  const scopes = scopesOf("command=bash -c 'a ; b'");
  expect(scopes.get("a")).toBe("string.quoted.single");
  expect(scopes.get("b'")).toBe("comment.line");
});

test("a cut inside quotes does not run on into the next line", () => {
  const scopes = scopesOf("command=bash -c 'a ; b'\nautostart=true");
  expect(scopes.get("autostart")).toBe("keyword.other.definition");
  expect(scopes.get("true")).toBe("constant.language.boolean");
});

test("expansions are told from percent signs that have to be doubled", () => {
  const scopes = scopesOf("command=%(here)s/run 100%% %(ENV_X) %Y");
  expect(scopes.get("here")).toBe("variable.other.expansion");
  expect(scopes.get("%%")).toBe("constant.character.escape");
  expect(scopes.get("%(ENV_X)")).toBe("invalid.illegal.expansion");
  expect(scopes.get("%")).toBe("invalid.illegal.expansion");
});

test("a command shows its executable, flags and quoted words", () => {
  const scopes = scopesOf('command=/bin/app --port 80 "two words"');
  expect(scopes.get("/bin/app")).toBe("entity.name.function");
  expect(scopes.get("--port")).toBe("constant.other.option");
  expect(scopes.get("two words")).toBe("string.quoted.double");
});

test("typed values show booleans, numbers, sizes, signals and levels", () => {
  const text = "autorestart=unexpected\nstartsecs = 10\nstdout_logfile_maxbytes: 50MB\nstopsignal=QUIT";
  const scopes = scopesOf(text);
  expect(scopes.get("unexpected")).toBe("constant.language");
  expect(scopes.get("10")).toBe("constant.numeric");
  expect(scopes.get("50")).toBe("constant.numeric.size");
  expect(scopes.get("MB")).toBe("keyword.other.unit");
  expect(scopes.get("QUIT")).toBe("support.constant.signal");
});

test("environment pairs show name, sign and value on every line of theirs", () => {
  const scopes = scopesOf('environment=A="x",\n  LONG_NAME=y');
  expect(scopes.get("A")).toBe("variable.other.environment");
  expect(scopes.get("LONG_NAME")).toBe("variable.other.environment");
  expect(scopes.get("y")).toBe("string.unquoted");
});

test("an indented option belongs to the value above it, as Supervisor reads it", () => {
  const scopes = scopesOf("command=app\n  autostart=false\nuser=me");
  expect(scopes.get("autostart=false")).toBe("string.unquoted");
  expect(scopes.get("user")).toBe("keyword.other.definition");
});

test("comments and empty lines do not end a value", () => {
  const scopes = scopesOf("command=app\n; note\n\n  --flag");
  expect(scopes.get("note")).toBe("comment.line");
  expect(scopes.get("--flag")).toBe("constant.other.option");
});

test("options indented alike under a header are options of their own", () => {
  const scopes = scopesOf("[program:a]\n  command=app\n  numprocs=2");
  expect(scopes.get("numprocs")).toBe("keyword.other.definition");
});

test("text after a header counts as nothing", () => {
  expect(scopesOf("[supervisord] rest").get("rest")).toBe("comment.line.ignored");
});

test("programs and events of a list are told apart", () => {
  const scopes = scopesOf("programs=web,worker\nevents=TICK_5,PROCESS_STATE_FATAL");
  expect(scopes.get("web")).toBe("entity.name.type");
  expect(scopes.get("PROCESS_STATE_FATAL")).toBe("support.constant.event");
});
