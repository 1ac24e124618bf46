import type { GroupSettings } from "./configuration.ts";
import { type Context, type Scope, scopeOf } from "./context.ts";
import { replace, surely } from "./edits.ts";
import { readFcgiSocket } from "./fcgi-socket.ts";
import { noFindings, refuse } from "./findings.ts";
import { type ListedName, listedNames } from "./listed.ts";
import { readListener } from "./listener.ts";
import { GROUP, PROCESSES, recall, type Step } from "./memo.ts";
import { nearest } from "./nearest.ts";
import { type OptionText, partRange } from "./option-text.ts";
import { optionText, placeOf, readOption } from "./options.ts";
import { isPlain } from "./plain-program.ts";
import { readDaemonStopTree, readName, readProcesses } from "./program.ts";
import { compareText } from "./python/text.ts";
import { followedBy, say } from "./say.ts";
import { nameInHeader } from "./schema.ts";
import type { StoredSection } from "./store.ts";
import { toInteger } from "./values.ts";

/** The group of a program that is plain: nothing is wrong with it, and what it comes to is read when it is asked for. */
type UnreadGroup = { readonly type: "unread"; readonly name: string; readonly section: StoredSection };

/** A group as a reading finds it. */
export type FoundGroup = GroupSettings | UnreadGroup;

/** All groups, in the order in which Supervisor reads them. Where readings are remembered, plain programs stay unread. */
export function readGroups(context: Context): FoundGroup[] {
  const grouped = new Set<string>();
  const { groups, programs, listeners, fcgiPrograms } = sectionsByKind(context);
  const readProgram = context.memo === null ? readProgramGroup : readUnlessPlain;
  // What is wrong with it is told also where no program is read.
  readDaemonStopTree(context);
  const found: FoundGroup[] = groups.map((section) => readGroup(context, section, grouped));
  programs.forEach((section) => {
    if (!grouped.has(section.name)) found.push(recallGroup(context, section, readProgram));
  });
  listeners.forEach((section) => {
    found.push(recallGroup(context, section, readListener));
  });
  fcgiPrograms.forEach((section) => {
    if (!grouped.has(section.name)) found.push(recallGroup(context, section, readFcgiGroup));
  });
  return found;
}

/** Groups with all that they come to, by priority and then name, as Supervisor keeps them. */
export function sortedGroups(context: Context, found: readonly FoundGroup[]): GroupSettings[] {
  const groups = found.map((group) => (group.type === "unread" ? readNow(context, group) : group));
  return groups.sort((a, b) => a.priority - b.priority || compareText(a.name, b.name));
}

function readNow(context: Context, { section }: UnreadGroup): GroupSettings {
  return readProgramGroup({ ...context, memo: null, findings: noFindings() }, section);
}

function readUnlessPlain(context: Context, section: StoredSection): FoundGroup {
  if (!isPlain(context, section)) return readProgramGroup(context, section);
  return { type: "unread", name: nameInHeader(section.name) ?? "", section };
}

/** The scope of a section whose values may name nothing but `here` and the environment. */
function groupScope(context: Context, section: StoredSection): Scope {
  return scopeOf(context, section, context.hereNames);
}

function sectionsByKind({ store }: Context) {
  const groups: StoredSection[] = [];
  const programs: StoredSection[] = [];
  const listeners: StoredSection[] = [];
  const fcgiPrograms: StoredSection[] = [];
  store.sections.forEach((section) => {
    if (section.name.startsWith("program:")) programs.push(section);
    else if (section.name.startsWith("group:")) groups.push(section);
    else if (section.name.startsWith("eventlistener:")) listeners.push(section);
    else if (section.name.startsWith("fcgi-program:")) fcgiPrograms.push(section);
  });
  return { groups, programs, listeners, fcgiPrograms };
}

function recallGroup(context: Context, section: StoredSection, read: Step<FoundGroup>): FoundGroup {
  return recall(context, GROUP, section, "", read);
}

function readProgramGroup(context: Context, section: StoredSection): GroupSettings {
  const scope = groupScope(context, section);
  const name = readName(scope, nameInHeader(section.name) ?? "");
  const priority = Number(readOption(scope, "priority", toInteger, 999n));
  return { type: "program", name, priority, processes: readProcesses(context, section, name) };
}

function readFcgiGroup(context: Context, section: StoredSection): GroupSettings {
  const scope = groupScope(context, section);
  const name = readName(scope, nameInHeader(section.name) ?? "");
  const priority = Number(readOption(scope, "priority", toInteger, 999n));
  const socket = readFcgiSocket(scope, name);
  return { type: "fcgi", name, priority, socket, processes: readProcesses(context, section, name) };
}

function readGroup(context: Context, section: StoredSection, grouped: Set<string>): GroupSettings {
  const scope = groupScope(context, section);
  const name = readName(scope, nameInHeader(section.name) ?? "");
  const programs = optionText(scope, "programs");
  const priority = Number(readOption(scope, "priority", toInteger, 999n));
  // Supervisor names the program it looked up last, not the group, when it misses the next one.
  let blamed = section.name;
  const processes = listedNames(programs?.text ?? "").flatMap((program) => {
    const found = findProgram(scope, programs, program, blamed);
    if (found === null) return [];
    blamed = found.name;
    grouped.add(found.name);
    return recall(context, PROCESSES, found, name, readProcesses);
  });
  return { type: "program", name, priority, processes };
}

function findProgram(
  scope: Scope,
  programs: OptionText | null,
  listed: ListedName,
  blamed: string,
): StoredSection | null {
  const { sections } = scope.context.store;
  const program = sections.get(`program:${listed.name}`);
  const fcgi = sections.get(`fcgi-program:${listed.name}`);
  if ((program === undefined) !== (fcgi === undefined)) return program ?? fcgi ?? null;
  const place = placeOf(scope, "programs");
  const range = programs === null ? place.range : partRange(programs, listed.start, listed.end);
  if (program === undefined) {
    const near = nearest(listed.name, programNames(scope.context));
    refuse(scope.context.findings, {
      code: "group.unknown-program",
      severity: "error",
      message: followedBy(
        say`There is no [program:${listed.name}] for this group.`,
        near === null ? null : say`Did you mean ${near}?`,
      ),
      file: place.file,
      range,
      fixes: near === null ? [] : surely(say`Change to ${near}`, replace(place.file, range, near)),
      upstream: `[${blamed}] names unknown program or fcgi-program ${listed.name}`,
    });
    return null;
  }
  refuse(scope.context.findings, {
    code: "group.ambiguous-program",
    severity: "error",
    message: say`${listed.name} is both a program and a FastCGI program: rename one of them.`,
    file: place.file,
    range,
    upstream: `[${blamed}] name ${listed.name} is ambiguous (exists as program and fcgi-program)`,
  });
  return program;
}

function programNames(context: Context): string[] {
  const kinds = ["program:", "fcgi-program:"];
  return [...context.store.sections.keys()].flatMap((name) =>
    kinds.some((kind) => name.startsWith(kind)) ? [name.slice(name.indexOf(":") + 1)] : [],
  );
}
