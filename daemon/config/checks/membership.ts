import type { Context } from "../context.ts";
import { scopeOf } from "../context.ts";
import { replaceValue, surely } from "../edits.ts";
import { noFindings, report } from "../findings.ts";
import { listedNames } from "../listed.ts";
import { type OptionText, partRange } from "../option-text.ts";
import { optionText } from "../options.ts";
import { say } from "../say.ts";
import { nameInHeader } from "../schema.ts";
import { type Place, type StoredSection, storedOption } from "../store.ts";
import { toList } from "../values.ts";

/** Programs that stand in several groups, and groups whose list Supervisor splits otherwise than meant. */
export function checkMembership(context: Context): void {
  const homes = new Map<string, { group: string; place: Place }>();
  const told = new Set<string>();
  for (const section of groupsOf(context)) {
    checkSeparators(context, section);
    const group = nameInHeader(section.name) ?? "";
    for (const { program, place } of members(context, section)) {
      const home = homes.get(program);
      const membership = `${group}:${program}`;
      if (home === undefined) homes.set(program, { group, place });
      else if (!told.has(membership)) tellTwice(context, program, home, group, place);
      if (home !== undefined) told.add(membership);
    }
  }
  tellRenamed(context, homes);
}

function groupsOf({ store }: Context): StoredSection[] {
  const groups: StoredSection[] = [];
  store.sections.forEach((section) => {
    if (section.name.startsWith("group:")) groups.push(section);
  });
  return groups;
}

function members(context: Context, section: StoredSection): { program: string; place: Place }[] {
  const stored = storedOption(context.store, section, "programs");
  if (stored === null) return [];
  const option: OptionText = { text: stored.value, stored };
  return listedNames(stored.value).map(({ name, start, end }) => ({
    program: name,
    place: { file: stored.file, range: partRange(option, start, end) },
  }));
}

function tellTwice(
  context: Context,
  program: string,
  home: { group: string; place: Place },
  group: string,
  place: Place,
): void {
  report(context.findings, {
    code: "group.twice",
    severity: "error",
    message: say`${program} is in group ${home.group} too, so it runs twice: keep it in one of them.`,
    ...place,
    related: [{ ...home.place, message: say`${program} in group ${home.group}` }],
    fixes: removal(context, `group:${group}`, program),
  });
}

function removal(context: Context, name: string, program: string) {
  const section = context.store.sections.get(name);
  const stored = section === undefined ? null : storedOption(context.store, section, "programs");
  if (stored === null) return [];
  const kept = toList(stored.value).filter((member) => member !== program);
  return surely(say`Remove ${program} from ${name}`, replaceValue(stored, kept.join(",")));
}

/** `programs=a b` is one program with a space in its name. */
function checkSeparators(context: Context, section: StoredSection): void {
  const option = optionText(scopeOf({ ...context, findings: noFindings() }, section), "programs");
  if (option === null || option.text !== option.stored.value) return;
  const spaced = toList(option.text).some((name) => /\s/.test(name));
  const names = option.text.split(/[,\s]+/).filter((name) => name !== "");
  if (!spaced) return;
  report(context.findings, {
    code: "group.separator",
    severity: "error",
    message: say`The programs of a group are separated by commas, not by spaces.`,
    file: option.stored.file,
    range: option.stored.entry.valueRange,
    fixes: surely(say`Separate by commas`, replaceValue(option.stored, names.join(","))),
  });
}

function tellRenamed(context: Context, homes: ReadonlyMap<string, { group: string; place: Place }>): void {
  for (const [program, { group, place }] of homes) {
    const section = context.store.sections.get(`program:${program}`);
    if (section === undefined || program === group) continue;
    report(context.findings, {
      code: "group.renamed",
      severity: "hint",
      message: say`In this group the program is called ${group}:${program}; ${program} alone is no longer a name.`,
      ...place,
    });
  }
}
