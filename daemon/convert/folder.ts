import { type Drafts, NOTHING } from "./draft.ts";
import { fromFrameworks } from "./frameworks.ts";
import { fromCircus, fromSystemdUnit } from "./ini-files.ts";
import { fromMakefile } from "./makefile.ts";
import { fromPackageJson, packageManager } from "./package-json.ts";
import { fromProcfile, readEnvFile } from "./procfile.ts";
import { together } from "./write.ts";
import { fromComposeFile, fromPm2, fromProcessCompose } from "./yaml-files.ts";

/** A project's folder: what is in it, and the text of each file, empty where it cannot be read. */
export type Folder = {
  /** Names of the files and folders in it. */
  readonly files: readonly string[];
  readonly read: (file: string) => string;
};

type Source = {
  readonly file: RegExp;
  readonly drafts: (text: string, folder: Folder, file: string) => Drafts;
};

/** What programs are read from, the most telling first. */
const SOURCES: readonly Source[] = [
  {
    file: /^Procfile(?:\.dev)?$/,
    drafts: (text, folder, file) =>
      // With both there, the one for development is meant.
      file === "Procfile" && folder.files.includes("Procfile.dev")
        ? NOTHING
        : fromProcfile(text, folder.files.includes(".env") ? readEnvFile(folder.read(".env")) : {}),
  },
  { file: /^process-compose\.ya?ml$/, drafts: (text, _, file) => fromProcessCompose(text, file) },
  {
    file: /^(?:ecosystem\.config|pm2|processes)\.(?:json|ya?ml)$/,
    drafts: (text, _, file) => fromPm2(text, file),
  },
  { file: /^circus\.ini$/, drafts: (text, _, file) => fromCircus(text, file) },
  {
    file: /^package\.json$/,
    drafts: (text, { files }) => fromPackageJson(text, packageManager(files)),
  },
  { file: /^(?:docker-)?compose\.ya?ml$/, drafts: (text, _, file) => fromComposeFile(text, file) },
  { file: /^(?:GNUm|[Mm])akefile$/, drafts: fromMakefile },
  { file: /\.service$/, drafts: (text, _, file) => fromSystemdUnit(text, file) },
];

/** Programs that a project's folder seems to need. */
export function fromFolder(folder: Folder): Drafts {
  const files = [...folder.files].sort();
  const read = SOURCES.flatMap(({ file, drafts }) =>
    files.filter((name) => file.test(name)).map((name) => drafts(folder.read(name), folder, name)),
  );
  return together([...read, fromFrameworks(files, folder.read)]);
}
