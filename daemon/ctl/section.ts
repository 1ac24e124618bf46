import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, resolve } from "node:path";
import { parseDocument } from "../config/document.ts";
import { expand } from "../config/expand.ts";

/** What the `[supervisorctl]` section of a configuration says; null for what it does not. */
export type CtlSection = {
  readonly serverurl: string | null;
  readonly username: string | null;
  readonly password: string | null;
  readonly prompt: string | null;
  readonly historyFile: string | null;
};

/**
 * Reads that section and nothing else of the file: as with Supervisor, no mistake elsewhere and no include matters.
 * Null where the file has no such section; throws a sentence where it cannot be read.
 */
export function readCtlSection(
  file: string,
  environment: NodeJS.ProcessEnv,
  shownAs = file,
): CtlSection | null {
  const options = optionsOf(readText(file, shownAs));
  if (options === null) return null;
  const names = new Map<string, string>();
  for (const [name, value] of Object.entries(environment)) names.set(`ENV_${name}`, value ?? "");
  const namesWithHere = new Map(names).set("here", resolve(dirname(file)));

  function option(name: string, available: ReadonlyMap<string, string>): string | null {
    const text = options?.get(name);
    if (text === undefined) return null;
    const expanded = expand(text, available, `supervisorctl.${name}`);
    if ("error" in expanded) throw new Error(expanded.error);
    return expanded.value;
  }

  const historyFile = option("history_file", namesWithHere);
  return {
    serverurl: normalUrl(option("serverurl", namesWithHere)),
    username: option("username", names),
    password: option("password", names),
    prompt: option("prompt", names),
    historyFile: historyFile ? normalPath(historyFile) : null,
  };
}

function readText(file: string, shownAs: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const missing = error instanceof Error && "code" in error && error.code === "ENOENT";
    throw new Error(`could not ${missing ? "find" : "read"} config file ${shownAs}`);
  }
}

/** A section may stand more than once: the last word counts, over that of `[DEFAULT]`. */
function optionsOf(text: string): ReadonlyMap<string, string> | null {
  const { sections } = parseDocument(text);
  const own = sections.filter(({ name }) => name === "supervisorctl");
  if (own.length === 0) return null;
  const ordered = [...sections.filter(({ name }) => name === "DEFAULT"), ...own];
  return new Map(ordered.flatMap(({ entries }) => entries.map(({ key, value }) => [key, value] as const)));
}

function normalUrl(url: string | null): string | null {
  return url?.startsWith("unix://") ? `unix://${normalPath(url.slice("unix://".length))}` : url;
}

function normalPath(path: string): string {
  return resolve(path.replace(/^~(?=\/|$)/, homedir()));
}
