import { processesOf } from "./acts.ts";
import { partsOf } from "./instances.ts";
import type { Server } from "./server.ts";
import type { Target } from "./target.ts";

/** A section of a configuration: `[program:web]` is of the kind `program` and the name `web`. */
export type Section = { readonly kind: string; readonly name: string };

/** Lines count from zero. */
export type PlacedSection = Section & { readonly line: number };

/** The headers of a configuration, in the order of its lines. */
export function sectionsOf(text: string): PlacedSection[] {
  return text.split(/\r?\n/).flatMap((words, line) => {
    const header = /^\[([^\]]+)\]/.exec(words)?.[1];
    if (header === undefined) return [];
    const colon = header.indexOf(":");
    const [kind, name] =
      colon === -1 ? [header, ""] : [header.slice(0, colon), header.slice(colon + 1).trim()];
    return [{ kind, name, line }];
  });
}

/** The section that a line is in; null before the first. */
export function sectionAt(text: string, line: number): PlacedSection | null {
  return sectionsOf(text).findLast((section) => section.line <= line) ?? null;
}

/** What a section stands for in the view: of the server that runs the file where there is one, else of any. */
export function targetOfSection(servers: readonly Server[], file: string, section: Section): Target | null {
  const [own, others] = [servers.filter(isOf(file)), servers.filter((server) => !isOf(file)(server))];
  for (const server of [...own, ...others]) {
    const found = targetIn(server, section);
    if (found !== null) return found;
  }
  return own[0] === undefined ? null : { kind: "server", server: own[0].key };
}

function isOf(file: string): (server: Server) => boolean {
  return ({ configFile }) => configFile === file;
}

function targetIn(server: Server, { kind, name }: Section): Target | null {
  const processes = processesOf([server], { kind: "server", server: server.key });
  const groups = Map.groupBy(processes, ({ group }) => group);
  if (name === "") return null;
  const group: Target = { kind: "group", server: server.key, group: name };
  if (kind === "group") return groups.has(name) ? group : null;
  if (!PROGRAMS.has(kind)) return null;
  const process = processes.find((one) => one.name === name);
  if (process !== undefined) return { kind: "process", server: server.key, group: process.group, name };
  // A program with `numprocs` is a group of its own, unless an explicit one holds it.
  if (groups.has(name)) return group;
  const [holder] = [...groups].filter(([, members]) =>
    partsOf(members).some((part) => part.kind === "instances" && part.program === name),
  );
  return holder === undefined
    ? null
    : { kind: "instances", server: server.key, group: holder[0], program: name };
}

const PROGRAMS: ReadonlySet<string> = new Set(["program", "fcgi-program", "eventlistener"]);
