import { fault } from "../../protocol/faults.ts";
import { splitNamespec } from "../../protocol/names.ts";
import type { Group } from "../../runtime/group.ts";
import type { ProcessRunner } from "../../runtime/process-runner.ts";
import { runnersOf, type Supervisor } from "../../runtime/supervisor.ts";

/** What a `group:process` means: one process, or all of a group. */
export type Target =
  | { readonly kind: "process"; readonly runner: ProcessRunner }
  | { readonly kind: "group"; readonly group: Group; readonly runners: readonly ProcessRunner[] };

/** Finds what a name means, or refuses it with BAD_NAME. */
export function findTarget(supervisor: Supervisor, name: string): Target {
  const { group: groupName, process } = splitNamespec(name);
  const group = supervisor.groups.get(groupName);
  if (group === undefined) throw fault("BAD_NAME", name);
  if (process === null) return { kind: "group", group, runners: runnersOf(group) };
  const runner = group.runners.get(process);
  if (runner === undefined) throw fault("BAD_NAME", name);
  return { kind: "process", runner };
}

/** The one process that a name means; a whole group is refused. */
export function findProcess(supervisor: Supervisor, name: string): ProcessRunner {
  const target = findTarget(supervisor, name);
  if (target.kind === "group") throw fault("BAD_NAME", name);
  return target.runner;
}

/** The processes of the group of that name, in the order in which they start. */
export function findGroup(supervisor: Supervisor, name: string): ProcessRunner[] {
  const group = supervisor.groups.get(name);
  if (group === undefined) throw fault("BAD_NAME", name);
  return runnersOf(group);
}
