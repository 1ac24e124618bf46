import { repr } from "../config/python/repr.ts";
import { getopt } from "./getopt.ts";

/** What the command line of `supervisorctl` asks for. Null for what it does not say. */
export type CommandLine =
  | { readonly kind: "help" }
  | { readonly kind: "wrong"; readonly problem: string }
  | ({ readonly kind: "run"; readonly action: readonly string[]; readonly interactive: boolean } & Stated);

type Stated = {
  readonly configuration: string | null;
  readonly serverurl: string | null;
  readonly username: string | null;
  readonly password: string | null;
  readonly historyFile: string | null;
};

type OptionName = keyof Stated | "interactive" | "help";

const NAMES: Readonly<Record<string, OptionName>> = {
  "-c": "configuration",
  "--configuration": "configuration",
  "-s": "serverurl",
  "--serverurl": "serverurl",
  "-u": "username",
  "--username": "username",
  "-p": "password",
  "--password": "password",
  "-r": "historyFile",
  "--history_file": "historyFile",
  "-i": "interactive",
  "--interactive": "interactive",
  "-h": "help",
  "-?": "help",
  "--help": "help",
};

const TABLE = {
  short: { c: true, s: true, u: true, p: true, r: true, i: false, h: false, "?": false },
  long: {
    configuration: true,
    serverurl: true,
    username: true,
    password: true,
    history_file: true,
    interactive: false,
    help: false,
  },
};

/** Reads the command line; without an action the prompt is asked for. */
export function parseCommandLine(argv: readonly string[]): CommandLine {
  const parsed = getopt(argv, TABLE);
  if (typeof parsed === "string") return { kind: "wrong", problem: parsed };
  const given = new Map<OptionName, string>();
  for (const { flag, value } of parsed.options) {
    const name = NAMES[flag];
    if (name === undefined || name === "help") return { kind: "help" };
    if (name === "serverurl" && !isUrl(value)) {
      return {
        kind: "wrong",
        problem: `invalid value for ${flag} ${repr(value)}: value ${repr(value)} is not a URL`,
      };
    }
    if (given.has(name)) return { kind: "wrong", problem: `conflicting command line option ${repr(flag)}` };
    given.set(name, value);
  }
  return {
    kind: "run",
    action: parsed.rest,
    interactive: given.has("interactive") || parsed.rest.length === 0,
    configuration: given.get("configuration") ?? null,
    serverurl: given.get("serverurl") ?? null,
    username: given.get("username") ?? null,
    password: given.get("password") ?? null,
    historyFile: given.get("historyFile") ?? null,
  };
}

function isUrl(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:(?:\/\/)?[^?#]/i.test(text);
}
