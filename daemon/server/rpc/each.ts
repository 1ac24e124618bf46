import { FAULT_CODES, Fault } from "../../protocol/faults.ts";
import type { ActionResult } from "../../protocol/process-info.ts";
import type { ProcessRunner } from "../../runtime/process-runner.ts";

/** Does the same to many processes side by side, and reports on each in the order in which they were done with. */
export async function each(
  runners: readonly ProcessRunner[],
  act: (runner: ProcessRunner) => void | Promise<void>,
): Promise<ActionResult[]> {
  const results: ActionResult[] = [];
  await Promise.all(
    runners.map(async (runner) => {
      results.push(await outcome(runner, act));
    }),
  );
  return results;
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
