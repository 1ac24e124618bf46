import { FAULT_CODES, Fault } from "../../protocol/faults.ts";
import type { ActionResult } from "../../protocol/process-info.ts";
import type { ProcessRunner } from "../../runtime/process-runner.ts";

/** What is done with in the same while stands in the order of the processes; Supervisor looks this often, in milliseconds. */
const WHILE_MS = 50;

type Done = { readonly at: number; readonly index: number; readonly result: ActionResult };

/** Does the same to many processes side by side, and reports on each in the order in which they were done with. */
export async function each(
  runners: readonly ProcessRunner[],
  act: (runner: ProcessRunner) => void | Promise<void>,
): Promise<ActionResult[]> {
  const startedAt = performance.now();
  const done: Done[] = await Promise.all(
    runners.map(async (runner, index) => {
      const result = await outcome(runner, act);
      return { at: Math.floor((performance.now() - startedAt) / WHILE_MS), index, result };
    }),
  );
  return done.sort((a, b) => a.at - b.at || a.index - b.index).map(({ result }) => result);
}

async function outcome(
  runner: ProcessRunner,
  act: (runner: ProcessRunner) => void | Promise<void>,
): Promise<ActionResult> {
  const of = { name: runner.settings.name, group: runner.group };
  try {
    await act(runner);
    return { ...of, status: FAULT_CODES.SUCCESS, description: "OK" };
  } catch (error) {
    if (error instanceof Fault) return { ...of, status: error.code, description: error.text };
    throw error;
  }
}
