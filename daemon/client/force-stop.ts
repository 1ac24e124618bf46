import { FAULT_CODES, Fault } from "../protocol/faults.ts";
import type { ActionResult } from "../protocol/process-info.ts";
import type { RpcClient } from "./rpc.ts";
import { toActionResult, toList } from "./shapes.ts";

/** Ways to kill programs at once, with all that they started. */
export type ForceStop = {
  readonly one: (name: string) => Promise<void>;
  readonly group: (group: string) => Promise<ActionResult[]>;
  readonly all: () => Promise<ActionResult[]>;
};

/**
 * Force stop for any supervisor: a real one has no method for it, so there the programs are stopped without waiting and
 * sent SIGKILL, which does not reach what they started. Before 3.2 it cannot even do that: a fault says so.
 */
export function forceStopOf(rpc: RpcClient): ForceStop {
  const many = async (method: string, ...params: readonly string[]) =>
    toList(await rpc.call(`supervisord.${method}`, params, { timeoutMs: 0 }), toActionResult);
  return {
    one: (name) =>
      orElse(
        async () => void (await rpc.call("supervisord.forceStopProcess", [name], { timeoutMs: 0 })),
        () => killOne(rpc, name),
      ),
    group: (group) =>
      orElse(
        () => many("forceStopProcess", `${group}:*`),
        async () => {
          await rpc.stopProcessGroup(group, false);
          return signalled(() => rpc.signalProcessGroup(group, "KILL"));
        },
      ),
    all: () =>
      orElse(
        () => many("forceStopAllProcesses"),
        async () => {
          await rpc.stopAllProcesses(false);
          return signalled(() => rpc.signalAllProcesses("KILL"));
        },
      ),
  };
}

async function orElse<T>(ours: () => Promise<T>, real: () => Promise<T>): Promise<T> {
  try {
    return await ours();
  } catch (error) {
    if (isFault(error, FAULT_CODES.UNKNOWN_METHOD)) return real();
    throw error;
  }
}

async function killOne(rpc: RpcClient, name: string): Promise<void> {
  const stopped = await unlessFault(FAULT_CODES.NOT_RUNNING, () => rpc.stopProcess(name, false));
  const killed = await unlessFault(FAULT_CODES.NOT_RUNNING, () =>
    signalled(() => rpc.signalProcess(name, "KILL")),
  );
  if (!stopped && !killed) throw new Fault(FAULT_CODES.NOT_RUNNING, `NOT_RUNNING: ${name}`);
}

async function signalled<T>(signal: () => Promise<T>): Promise<T> {
  try {
    return await signal();
  } catch (error) {
    if (!isFault(error, FAULT_CODES.UNKNOWN_METHOD)) throw error;
    const reason =
      "this supervisord is older than 3.2 and cannot send SIGKILL: wait, or kill the process by its pid";
    throw new Fault(FAULT_CODES.FAILED, reason);
  }
}

/** Whether it was done; false where that fault was the answer. */
async function unlessFault(code: number, act: () => Promise<unknown>): Promise<boolean> {
  try {
    await act();
    return true;
  } catch (error) {
    if (isFault(error, code)) return false;
    throw error;
  }
}

function isFault(error: unknown, code: number): boolean {
  return error instanceof Fault && error.code === code;
}
