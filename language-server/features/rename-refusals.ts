import { type Message, say } from "../../daemon/config/say.ts";
import { allOccurrences, type Occurrence, occurrencesOf, type Subject } from "./occurrences.ts";
import { mainFile, membership, type Site } from "./site.ts";
import { DAEMON_SECTION } from "./variable-occurrences.ts";

/** Why a thing has no other name to get, null where it may be renamed. */
export function refusalOfSubject(subject: Subject): Message | null {
  if (subject.kind !== "variable" || subject.setBy !== null) return null;
  return say`${subject.name} is not set in this configuration: it comes from the environment of supervisord.`;
}

/** The other supervisors that run something of a name now. */
export type Running = (site: Site, name: string) => readonly Site[];

/** Why a thing keeps its name while it runs elsewhere: a supervisor whose files would be edited would lose sight of it. */
export function refusalOfRunning(site: Site, subject: Subject, running: Running): Message | null {
  if (subject.kind === "variable") return null;
  const others = running(site, subject.name);
  const files = others.length === 0 ? [] : occurrencesOf(site, subject).map(({ file }) => file);
  const other = others.find(({ documents }) => files.some((file) => documents.has(file)));
  if (other === undefined) return null;
  return say`${subject.name} runs under the supervisor of ${mainFile(other)}, which reads this file too: stop it there first, or it goes on under its old name.`;
}

/** Why a thing may not get a name, null where it may. */
export function refusalOfName(site: Site, subject: Subject, name: string): Message | null {
  if (subject.kind === "variable") return badVariable(name) ?? takenVariable(site, subject, name);
  return badName(name) ?? takenName(site, subject, name);
}

/** Rules of names, the first that is broken decides; each with what it would lead to. */
const NAME_RULES: readonly (readonly [RegExp, (name: string) => Message])[] = [
  [/^$/, () => say`A name needs at least one character.`],
  [/[\s:/]/, (name) => say`Supervisor refuses the name ${name}: it may hold no space, colon or slash.`],
  [/,/, (name) => say`Lists of programs would be split at the comma in ${name}.`],
  [/%/, (name) => say`Supervisor would expand the percent sign in ${name}.`],
  [/[[\]]/, (name) => say`The brackets in ${name} would end its header.`],
  [/^[;#]/, (name) => say`${name} would start a comment in a list of programs.`],
  [/^all$/i, (name) => say`supervisorctl takes ${name} for all programs.`],
];

function badName(name: string): Message | null {
  const broken = NAME_RULES.find(([pattern]) => pattern.test(name));
  return broken === undefined ? null : broken[1](name);
}

function badVariable(name: string): Message | null {
  if (/^[A-Za-z_]\w*$/.test(name)) return null;
  return say`${name} is no name of an environment variable: it may hold letters, digits and _ and may not begin with a digit.`;
}

/** Programs and listeners that are in no group are groups of their own. */
function takenName(site: Site, subject: Subject, name: string): Message | null {
  const definitions = allOccurrences(site).filter(
    (one) => one.role === "definition" && one.subject.kind !== "variable" && one.subject.name === name,
  );
  const program = definitions.find((one) => one.subject.kind === "program");
  const group = definitions.find((one) => one.subject.kind === "group");
  if (subject.kind === "program") {
    if (program !== undefined) return say`There is a program ${name} already.`;
    const isAlone = !membership(site).has(subject.name);
    return group !== undefined && isAlone ? say`There is a group ${name} already.` : null;
  }
  if (group !== undefined) return say`There is a group ${name} already.`;
  const isAlone = program !== undefined && !membership(site).has(name);
  return isAlone ? say`The program ${name} is a group of its own already.` : null;
}

/** Where the variable is known, the other name must not be. */
function takenVariable(site: Site, subject: Variable, name: string): Message | null {
  const users = new Set(occurrencesOf(site, subject).map(({ section }) => section));
  const clash = allOccurrences(site).find(
    (one) => one.subject.kind === "variable" && one.subject.name === name && meets(one, subject, users),
  );
  if (clash === undefined) return null;
  return clash.role === "definition"
    ? say`[${clash.section}] sets a variable ${name} already.`
    : say`[${clash.section}] uses another variable ${name} already.`;
}

type Variable = Extract<Subject, { kind: "variable" }>;

function meets(one: Occurrence, { setBy }: Variable, users: ReadonlySet<string>): boolean {
  if (users.has(one.section)) return true;
  const inherits = one.subject.kind === "variable" && [null, DAEMON_SECTION].includes(one.subject.setBy);
  return setBy === DAEMON_SECTION && inherits;
}
