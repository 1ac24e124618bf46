import type { ProcessSnapshot } from "../../daemon/protocol/event-stream.ts";

/** Processes that stand together: one by itself, or the numbered ones of one program. */
export type Part =
  | { readonly kind: "single"; readonly process: ProcessSnapshot }
  | { readonly kind: "instances"; readonly program: string; readonly processes: readonly ProcessSnapshot[] };

/**
 * The members of a group, with the processes of a program that has `numprocs` put together. No supervisor tells which
 * they are: names that differ only in a number at their end, which counts up without a gap, are taken for one program.
 */
export function partsOf(members: readonly ProcessSnapshot[]): Part[] {
  const byStem = Map.groupBy(members, ({ name }) => stemOf(name) ?? name);
  return [...byStem].flatMap(([program, processes]): Part[] =>
    processes.length > 1 && countUp(processes)
      ? [{ kind: "instances", program, processes }]
      : processes.map((process) => ({ kind: "single", process })),
  );
}

/** The processes of a group that `partsOf` puts together under this name. */
export function instancesOf(
  members: readonly ProcessSnapshot[],
  program: string,
): readonly ProcessSnapshot[] {
  const parts = partsOf(members).filter((part) => part.kind === "instances");
  return parts.find((part) => part.program === program)?.processes ?? [];
}

const NUMBERED = /^(.*?)[-_.]?(\d+)$/;

function stemOf(name: string): string | null {
  const stem = NUMBERED.exec(name)?.[1];
  return stem === undefined || stem === "" ? null : stem;
}

function countUp(processes: readonly ProcessSnapshot[]): boolean {
  const numbers = processes.map(({ name }) => Number(NUMBERED.exec(name)?.[2])).toSorted((a, b) => a - b);
  return numbers.every((number, index) => number === (numbers[0] ?? 0) + index);
}
