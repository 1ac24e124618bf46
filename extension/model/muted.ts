import { makeNamespec } from "../../daemon/protocol/names.ts";
import type { Server } from "./server.ts";

/** The programs that nobody wants to be told about, as they are kept. */
export type Muted = readonly MutedProgram[];

/** A program of a server; the processes of one program, which differ in their number only, are one. */
export type MutedProgram = { readonly server: string; readonly program: string };

type Named = { readonly group: string; readonly name: string };

/** The program of a process, as it is muted: what has a number in it is taken for one of many. */
export function mutedProgram(
  { key, configFile }: Pick<Server, "key" | "configFile">,
  process: Named,
): MutedProgram {
  const name = process.name.replace(/\d+$/, "*");
  return { server: configFile ?? key, program: makeNamespec(process.group, name) };
}

export function isMuted(muted: Muted, program: MutedProgram): boolean {
  return muted.some((other) => isSame(other, program));
}

export function withMuted(muted: Muted, programs: readonly MutedProgram[]): Muted {
  return [...withoutMuted(muted, programs), ...programs];
}

export function withoutMuted(muted: Muted, programs: readonly MutedProgram[]): Muted {
  return muted.filter((one) => !programs.some((other) => isSame(one, other)));
}

function isSame(a: MutedProgram, b: MutedProgram): boolean {
  return a.server === b.server && a.program === b.program;
}
