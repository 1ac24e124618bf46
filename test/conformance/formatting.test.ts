import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import { parseDocument } from "../../daemon/config/document.ts";
import { readConfiguration } from "../../daemon/config/read.ts";
import { type Json, resolvedJson } from "../../daemon/config/resolved-json.ts";
import { localMachine } from "../../daemon/io/machine.ts";
import { type FormatStyle, formatDocument } from "../../language-server/features/formatting.ts";
import { Dice, randomConfiguration } from "./generator.ts";
import { FIXED_ENVIRONMENT, HOST, readOnStage } from "./stage.ts";

/** The project's own cases, and a larger corpus of the same form where one stands beside the checkout. */
const corpora = ["../fixtures/config", "../../../shared/corpus"]
  .map((folder) => join(import.meta.dirname, folder, "conf"))
  .filter((folder) => existsSync(folder));

const STYLES: readonly [FormatStyle, ...FormatStyle[]] = [
  { spacesAroundEquals: "keep", tabSize: 4, insertSpaces: true },
  { spacesAroundEquals: "always", tabSize: 2, insertSpaces: false },
  { spacesAroundEquals: "never", tabSize: 8, insertSpaces: true },
];

function formatted(text: string, style: FormatStyle): string {
  const edits = formatDocument(parseDocument(text), style);
  return TextDocument.applyEdits(TextDocument.create("file:///x", "conf", 1, text), edits);
}

/** What Supervisor would act on; of a file that it refuses only that, for its message quotes lines as written. */
function effect(result: Json): Json {
  const isAccepted = typeof result === "object" && result !== null && Reflect.get(result, "ok") === true;
  return isAccepted ? result : "refused";
}

/** Reads another text under the name of a file of the corpus, with what belongs to that. */
function readInstead(conf: string, text: string): Json {
  const folder = mkdtempSync(join(tmpdir(), "formatted-"));
  try {
    const copy = join(folder, basename(conf));
    writeFileSync(copy, text);
    const companion = conf.replace(/\.conf$/, ".files");
    if (existsSync(companion)) cpSync(companion, copy.replace(/\.conf$/, ".files"), { recursive: true });
    return readOnStage(copy);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

for (const folder of corpora) {
  describe(`${basename(join(folder, ".."))}: a file in shape means what it meant, and stays in shape`, () => {
    const files = readdirSync(folder).filter((file) => file.endsWith(".conf"));
    test.each(files.map((file, index) => [file, index] as const))("%s", (file, index) => {
      const conf = join(folder, file);
      const bytes = readFileSync(conf);
      const text = bytes.toString("utf8");
      // What is no UTF-8 text is no document of an editor.
      if (!Buffer.from(text).equals(bytes)) return;
      for (const style of STYLES)
        expect(formatted(formatted(text, style), style)).toBe(formatted(text, style));
      const once = formatted(text, STYLES[index % STYLES.length] ?? STYLES[0]);
      if (once !== text) expect(effect(readInstead(conf, once))).toEqual(effect(readOnStage(conf)));
    });
  });
}

test("any configuration means the same once it is in shape", () => {
  const dice = new Dice(20_261);
  const machine = localMachine({
    cwd: "/",
    environment: FIXED_ENVIRONMENT,
    hostName: HOST,
    tempDirectory: "/tmp",
  });
  const read = (text: string) => {
    const readFile = () => ({ kind: "text", text }) as const;
    return effect(resolvedJson(readConfiguration("/x.conf", { ...machine, readFile }, { lenient: true })));
  };
  for (let count = 0; count < 1500; count++) {
    const text = randomConfiguration(dice);
    const once = formatted(text, dice.pick(STYLES));
    expect(read(once), text).toEqual(read(text));
  }
});
