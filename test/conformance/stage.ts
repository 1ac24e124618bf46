import { cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import type { Machine } from "../../daemon/config/machine.ts";
import { readConfiguration } from "../../daemon/config/read.ts";
import { type Json, resolvedJson } from "../../daemon/config/resolved-json.ts";
import { localMachine } from "../../daemon/io/machine.ts";

/** The process environment in which the expected results were computed. */
export const FIXED_ENVIRONMENT: Readonly<Record<string, string>> = {
  PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
  HOME: "/root",
  USER: "root",
  LANG: "C.UTF-8",
  APP_USER: "root",
  RESOLUTION: "1024x768",
  DISPLAY_WIDTH: "1024",
  DISPLAY_HEIGHT: "768",
  PORT: "8080",
  NUM: "3",
  BOOL: "true",
  EMPTY: "",
  WORD: "word",
  SPACED: "two words",
  PERCENT: "50%",
  FORMAT: "%(program_name)s",
  SEMI: "a ;b",
  COMMA: "x,y",
  DQUOTE: 'say "hi"',
  lower: "lowercase-name",
  BOOTSTRAP_DELAY: "5",
  ENABLE_QUEUE_WORKER: "true",
  EVENTBUS_WORKERS_COUNT: "2",
  API_PORT: "3000",
  CORS_ORIGINS: "http://a.example,http://b.example",
};

/** The host name in the expected results. */
export const HOST = "oracle-host-name";

/**
 * Reads a copy of a configuration, and of what lies in its companion directory NAME.files, in an empty directory,
 * and gives the result with the names of this machine replaced.
 */
export function readOnStage(conf: string): Json {
  return onStage(conf, (copy, cwd) => substitute(read(copy, cwd), placeholders(dirname(copy), cwd)));
}

/** Uses a copy of a configuration and of its companion directory, which stands in an empty directory meanwhile. */
export function onStage<T>(conf: string, use: (copy: string, cwd: string) => T): T {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "conformance-")));
  try {
    const here = join(root, "conf_up2/conf_up1/conf");
    const cwd = join(root, "work_up2/work_up1/work");
    mkdirSync(here, { recursive: true });
    mkdirSync(cwd, { recursive: true });
    const copy = join(here, basename(conf));
    cpSync(conf, copy);
    const companion = conf.replace(/\.conf$/, ".files");
    if (existsSync(companion)) cpSync(companion, here, { recursive: true });
    return use(copy, cwd);
  } finally {
    rmSync(root, { recursive: true });
  }
}

/** The machine of the stage. */
export function stageMachine(cwd: string): Machine {
  return localMachine({ cwd, environment: FIXED_ENVIRONMENT, hostName: HOST, tempDirectory: "/tmp" });
}

function read(conf: string, cwd: string): Json {
  return resolvedJson(readConfiguration(conf, stageMachine(cwd), { lenient: true, fragment: "auto" }));
}

type Placeholder = readonly [text: string, name: string];

function placeholders(here: string, cwd: string): Placeholder[] {
  const pairs: Placeholder[] = [];
  for (const [path, name] of [
    [here, "HERE"],
    [cwd, "CWD"],
  ] as const) {
    pairs.push(
      [path, `{${name}}`],
      [dirname(path), `{${name}_UP1}`],
      [dirname(dirname(path)), `{${name}_UP2}`],
    );
  }
  pairs.push([dirname(dirname(dirname(here))), "{ROOT}"]);
  pairs.sort((a, b) => b[0].length - a[0].length);
  return [...pairs, [HOST, "{HOST}"]];
}

function substitute(value: Json, pairs: readonly Placeholder[]): Json {
  if (typeof value === "string") {
    return pairs.reduce((text, [from, to]) => text.replaceAll(from, to), value);
  }
  if (Array.isArray(value)) return value.map((item: Json) => substitute(item, pairs));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([name, item]): [string, Json] => [
    String(substitute(name, pairs)),
    substitute(item, pairs),
  ]);
  return Object.fromEntries(entries);
}
