import type { Context } from "../context.ts";
import { replace, surely } from "../edits.ts";
import { report } from "../findings.ts";
import { partRange, valuePlace } from "../option-text.ts";
import { normalPath } from "../python/paths.ts";
import { words } from "../python/text.ts";
import { say } from "../say.ts";
import type { Stored } from "../store.ts";

/** Includes that bring other files than meant, or none. */
export function checkIncludes(context: Context, includeFiles: readonly string[]): void {
  const section = context.store.sections.get("include");
  const stored = section?.options.get("files");
  if (stored === undefined) return;
  const option = { text: stored.value, stored };
  for (const pattern of words(stored.value)) {
    if (!pattern.includes(",")) continue;
    const start = stored.value.indexOf(pattern);
    const range = partRange(option, start, start + pattern.length);
    report(context.findings, {
      code: "include.comma",
      severity: "error",
      message: say`The files of an include are separated by spaces: a comma is a part of the name.`,
      file: stored.file,
      range,
      fixes: surely(
        say`Separate by spaces`,
        replace(stored.file, range, pattern.split(",").filter(Boolean).join(" ")),
      ),
    });
  }
  checkTwice(context, stored, includeFiles);
  for (const [file, document] of context.documents) {
    const nested = document.sections.find(({ name }) => name === "include");
    if (file === context.file || nested?.header === undefined || nested.header === null) continue;
    report(context.findings, {
      code: "include.nested",
      severity: "warning",
      message: say`This file is included itself, and Supervisor does not follow an include in it.`,
      file,
      range: nested.header.range,
      tags: ["unnecessary"],
    });
  }
}

/** Two patterns that match one file, or one that matches the configuration itself. */
function checkTwice(context: Context, stored: Stored, includeFiles: readonly string[]): void {
  const files = [context.file, ...includeFiles.map(normalPath)];
  const twice = new Set(files.filter((file, index) => files.indexOf(file) !== index));
  for (const file of twice) {
    const message =
      file === context.file
        ? say`This file includes itself: its sections are merged with themselves.`
        : say`${file} is included twice.`;
    report(context.findings, { code: "include.twice", severity: "warning", message, ...valuePlace(stored) });
  }
}
