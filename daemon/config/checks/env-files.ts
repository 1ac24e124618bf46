import { insertIntoValue, maybe } from "../edits.ts";
import { parseEnvFile } from "../env-file.ts";
import { type NamedEnvFile, namedEnvFiles } from "../env-files.ts";
import { report } from "../findings.ts";
import type { FileContent, Machine } from "../machine.ts";
import { partRange } from "../option-text.ts";
import type { Fix } from "../problem.ts";
import { type Message, say } from "../say.ts";
import { effective, type ProgramView } from "./program-view.ts";

/** Files of variables without which a program could not start; the daemon looks at them when it starts it. */
export function checkEnvFiles(program: ProgramView): void {
  const { context } = program;
  const option = context.machine.look === undefined ? null : effective(program, "env_files");
  if (option === null || context.lenient) return;
  for (const file of namedEnvFiles(option)) {
    const wrong = wrongWith(file, context.machine);
    if (wrong === null) continue;
    const isWritten = option.text === option.stored.value;
    const canBeOptional = wrong.code === "envfile.missing" && isWritten;
    const fixes: readonly Fix[] = canBeOptional
      ? maybe(say`Do without it while it is missing`, insertIntoValue(option.stored, file.start, "-"))
      : [];
    report(context.findings, {
      ...wrong,
      severity: "warning",
      file: option.stored.file,
      range: partRange(option, file.start, file.end),
      fixes,
    });
  }
}

type Wrong = { readonly code: string; readonly message: Message };

function wrongWith({ path, isOptional }: NamedEnvFile, machine: Machine): Wrong | null {
  const isMissing = machine.look?.(`file ${path}`) === false;
  const content: FileContent = isMissing ? { kind: "error", code: "ENOENT" } : machine.readFile(path);
  if (content.kind === "error") {
    if (content.code !== "ENOENT") return null;
    const message = say`There is no file ${path} on this machine, so the program could not start here.`;
    return isOptional ? null : { code: "envfile.missing", message };
  }
  if (content.kind === "bytes") return null;
  const parsed = parseEnvFile(content.kind === "text" ? content.text : content.document.text);
  if (!("problem" in parsed)) return null;
  const message = say`The program could not start: in line ${parsed.line} of ${path} ${parsed.problem}.`;
  return { code: "envfile.line", message };
}
