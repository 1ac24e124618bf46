import type { Context } from "./context.ts";
import { headerPlace, scopeOf } from "./context.ts";
import { refuse, report, warn } from "./findings.ts";
import type { MergingStore } from "./merging-store.ts";
import { addition } from "./option-fixes.ts";
import { type OptionText, partRange } from "./option-text.ts";
import { expandOption, placeOf, rawText } from "./options.ts";
import { directoryOf, joinPath, normalPath } from "./python/paths.ts";
import { words } from "./python/text.ts";
import { say } from "./say.ts";
import { type SourceFile, toSourceFile } from "./source-file.ts";
import type { Place } from "./store.ts";

/** The files that `[include]` brings, in order; they are merged into the store. Includes in them are not followed. */
export function readIncludes(
  context: Context,
  store: MergingStore,
): { files: readonly string[]; sources: readonly SourceFile[] } {
  const section = context.store.sections.get("include");
  if (section === undefined) return { files: [], sources: [] };
  store.expandHere(context.here);
  const scope = scopeOf(context, section);
  const option = rawText(scope, "files");
  if (option === null) {
    refuse(context.findings, {
      code: "option.required",
      severity: "error",
      message: say`[include] needs files: add files=conf.d/*.conf, with spaces between patterns.`,
      ...headerPlace(context, section),
      fixes: addition(scope, "files", "conf.d/*.conf"),
      upstream: ".ini file has [include] section, but no files setting",
    });
    return { files: [], sources: [] };
  }
  const names = new Map([
    ["here", context.here],
    ["host_node_name", context.machine.hostName],
    ...context.environmentNames.entries(),
  ]);
  const patterns = expandOption(scope, option, names, "include.files");
  if (patterns === null) return { files: [], sources: [] };
  const files: string[] = [];
  const sources: SourceFile[] = [];
  for (const pattern of words(patterns.text)) {
    for (const shownAs of matches(context, patterns, pattern)) {
      if (context.findings.refusal === null) files.push(shownAs);
      sources.push(...readInclude(context, store, shownAs, placeOf(scope, "files")));
    }
  }
  return { files, sources };
}

function matches(context: Context, patterns: OptionText, pattern: string): readonly string[] {
  const whole = joinPath(context.here, pattern);
  const files = isOutside(context, whole) ? [] : context.machine.glob(whole);
  if (files.length > 0) return files;
  warn(context.findings, `No file matches via include "${whole}"`);
  const at = patterns.text.indexOf(pattern);
  report(context.findings, {
    code: "include.no-match",
    severity: "warning",
    message: say`No file matches ${whole}.`,
    file: patterns.stored.file,
    range: partRange(patterns, at, at + pattern.length),
  });
  return files;
}

/** A lenient reading does not leave the directory of the configuration. */
function isOutside({ lenient, here }: Context, pattern: string): boolean {
  const whole = normalPath(pattern);
  return lenient && whole !== here && !whole.startsWith(here.endsWith("/") ? here : `${here}/`);
}

/** A file that cannot be opened is passed over, as Supervisor does. */
function readInclude(context: Context, store: MergingStore, shownAs: string, place: Place): SourceFile[] {
  const { machine, findings } = context;
  const file = normalPath(shownAs);
  const content = machine.readFile(shownAs);
  const sources: SourceFile[] = [];
  if (content.kind === "error") {
    report(findings, {
      code: "include.unreadable",
      severity: "warning",
      message: say`${file} cannot be read (${content.code}) and is passed over.`,
      ...place,
    });
  } else {
    sources.push(toSourceFile(content, { file, shownAs, fragment: false }, findings));
  }
  for (const source of sources) {
    context.documents.set(file, source.document);
    store.add(source);
  }
  store.expandHere(directoryOf(file));
  return sources;
}
