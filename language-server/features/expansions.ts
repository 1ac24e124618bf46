import { type Message, say } from "../../daemon/config/say.ts";
import type { SectionKind, ValueType } from "../../daemon/config/schema.ts";

/** A name that may stand in `%(NAME)s`. */
export type Expansion = { readonly name: string; readonly conversion: string; readonly about: Message };

/** The expansions that a value may hold, but for those of the environment. */
export function expansionsFor(kind: SectionKind, type: ValueType): readonly Expansion[] {
  if (!PROGRAM_KINDS.has(kind)) return kind === "include" ? [HERE, HOST] : [HERE];
  if (type === "socket-url") return [PROGRAM_NAME, HERE];
  if (type === "events" || type === "plugin") return [HERE];
  return PER_PROCESS_TYPES.has(type) ? [...PER_PROGRAM, PROCESS_NUM, NUMPROCS] : PER_PROGRAM;
}

/** What an expansion stands for, in a sentence; null for a name that Supervisor does not know. */
export function describeExpansion(name: string): Message | null {
  const known = [...PER_PROGRAM, PROCESS_NUM, NUMPROCS].find((expansion) => expansion.name === name);
  if (known !== undefined) return known.about;
  if (!name.startsWith(ENVIRONMENT_PREFIX)) return null;
  const variable = name.slice(ENVIRONMENT_PREFIX.length);
  return say`The environment variable \`${variable}\`, as supervisord has it when it reads the file. If it is not set, supervisord refuses the file.`;
}

/** What the name of an environment variable follows in an expansion. */
export const ENVIRONMENT_PREFIX = "ENV_";

const HERE: Expansion = {
  name: "here",
  conversion: "s",
  about: say`The folder of the file that this stands in.`,
};
const HOST: Expansion = { name: "host_node_name", conversion: "s", about: say`The name of this machine.` };
const PROGRAM_NAME: Expansion = {
  name: "program_name",
  conversion: "s",
  about: say`The name of the program: what follows the colon in its header.`,
};
const GROUP_NAME: Expansion = {
  name: "group_name",
  conversion: "s",
  about: say`The name of the group that the program is in; the program's own name if it is in none.`,
};
const PROCESS_NUM: Expansion = {
  name: "process_num",
  conversion: "02d",
  about: say`The number of the process, counted from \`numprocs_start\`; \`02d\` pads it to two digits.`,
};
const NUMPROCS: Expansion = {
  name: "numprocs",
  conversion: "d",
  about: say`How many processes the program has.`,
};

const PER_PROGRAM: readonly Expansion[] = [HERE, PROGRAM_NAME, GROUP_NAME, HOST];

const PROGRAM_KINDS: ReadonlySet<SectionKind> = new Set(["program", "fcgi-program", "eventlistener"]);

/** The options that are read once for each process, so that its number is known. */
export const PER_PROCESS_TYPES: ReadonlySet<ValueType> = new Set([
  "command",
  "process-name",
  "environment",
  "directory",
  "logfile",
]);
