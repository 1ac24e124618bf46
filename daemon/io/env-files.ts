import { readFileSync, statSync } from "node:fs";
import type { EnvFilesSettings, ProcessSettings } from "../config/configuration.ts";
import { parseEnvFile } from "../config/env-file.ts";
import { inEnglish } from "../config/say.ts";
import { isErrno } from "./errno.ts";

/** Why a program cannot have the variables that it needs, as a sentence for `spawnerr`. */
export class EnvFileFailure extends Error {}

/** The variables that a program's files bring, read anew for each start; the last file that sets one counts. */
export function envFileVariables(settings: EnvFilesSettings | null): Readonly<Record<string, string>> {
  const variables = new Map<string, string>();
  for (const { path, isOptional } of settings?.files ?? []) {
    const text = readText(path, isOptional);
    const parsed = parseEnvFile(text);
    if ("problem" in parsed) {
      throw new EnvFileFailure(
        `cannot use ${path} of env_files: in line ${parsed.line} ${inEnglish(parsed.problem)}`,
      );
    }
    for (const [name, value] of parsed.variables) variables.set(name, value);
  }
  for (const name of settings?.under ?? []) variables.delete(name);
  return Object.fromEntries(variables);
}

/** The PATH on which a program's command is looked for before it is started. */
export function pathOf(settings: ProcessSettings): string | undefined {
  try {
    return envFileVariables(settings.envFiles).PATH ?? settings.environment.PATH ?? process.env.PATH;
  } catch (error) {
    // The start itself says why.
    if (error instanceof EnvFileFailure) return settings.environment.PATH ?? process.env.PATH;
    throw error;
  }
}

/** More than all variables of a process may have together. */
const MOST_BYTES = 2_000_000;

function readText(path: string, isOptional: boolean): string {
  try {
    const stats = statSync(path);
    // Nothing that could keep the daemon waiting, or fill its memory.
    if (!stats.isFile()) throw new EnvFileFailure(`cannot read ${path} of env_files: it is no file`);
    if (stats.size > MOST_BYTES)
      throw new EnvFileFailure(`cannot read ${path} of env_files: it is too large`);
    return readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof EnvFileFailure) throw error;
    if (isOptional && isErrno(error, "ENOENT")) return "";
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new EnvFileFailure(`cannot read ${path} of env_files: ${code}`, { cause: error });
  }
}
