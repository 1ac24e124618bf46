import { checkReport } from "../config/check-report.ts";
import { readConfiguration } from "../config/read.ts";
import { resolvedJson } from "../config/resolved-json.ts";
import { localMachine } from "../io/machine.ts";
import { MASK, maskMessage, maskSecrets, namesSecret } from "../protocol/secrets.ts";
import type { Arguments } from "./arguments.ts";

/** What `supervisord --check` prints of a configuration, and its exit status: 2 where the file is refused. */
export function check(
  file: string,
  { dialect, strict, lenient, format }: Arguments,
): { readonly text: string; readonly exitCode: 0 | 2 } {
  const reading = readConfiguration(file, localMachine(), {
    dialect,
    lenient,
    fragment: lenient ? "auto" : "as-is",
  });
  const { lines, exitCode } = checkReport(reading, strict);
  const text =
    format === "json" ? JSON.stringify(resolvedJson(reading), hide, 1) : lines.map(maskMessage).join("\n");
  return { text: text === "" ? "" : `${text}\n`, exitCode };
}

/** For `JSON.stringify`: values without secrets. */
function hide(name: string, value: unknown): unknown {
  if (typeof value !== "string") return value;
  return namesSecret(name) ? MASK : maskSecrets(value);
}
