import type { EnvFileSettings, EnvFilesSettings } from "./configuration.ts";
import type { OptionText } from "./option-text.ts";
import { directoryOf, joinPath, normalPath } from "./python/paths.ts";

/** A file that `env_files` names, and where in the option's text. */
export type NamedEnvFile = EnvFileSettings & { readonly start: number; readonly end: number };

/** The files of an `env_files`, seen from the file that it stands in; one with a minus sign before it may be missing. */
export function namedEnvFiles({ text, stored }: OptionText): NamedEnvFile[] {
  return [...text.matchAll(/\S+/g)].flatMap((match) => {
    const isOptional = match[0].startsWith("-");
    const name = isOptional ? match[0].slice(1) : match[0];
    if (name === "") return [];
    const path = normalPath(joinPath(directoryOf(stored.file), name));
    return [{ path, isOptional, start: match.index, end: match.index + match[0].length }];
  });
}

/** The files of variables of a program whose own `environment` sets some names; null where it has none. */
export function envFilesOf(option: OptionText | null): EnvFilesSettings | null {
  const files = option === null ? [] : namedEnvFiles(option);
  if (files.length === 0) return null;
  return { files: files.map(({ path, isOptional }) => ({ path, isOptional })), under: [] };
}
