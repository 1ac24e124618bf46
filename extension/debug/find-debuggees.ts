import { argumentsOf, executableOf, variableOf } from "../machine/processes.ts";
import { type Debuggee, debuggeeOf, type ProcessFacts } from "../model/debug/debuggee.ts";
import { type ProcessTarget, pidsOf } from "../ports/program-ports.ts";
import type { Servers } from "../servers/servers.ts";

/** A process that a debugger can be attached to, with what decides how. */
export type FoundDebuggee = Debuggee & { readonly facts: ProcessFacts };

/** What of a program, with all that it started, a debugger can be attached to. */
export async function findDebuggees(servers: Servers, target: ProcessTarget): Promise<FoundDebuggee[]> {
  const pids = await pidsOf(servers, target);
  const found = await Promise.all(
    pids.map(async (pid) => {
      const facts = await factsOf(pid);
      const debuggee = debuggeeOf(facts);
      return debuggee === null ? null : { ...debuggee, facts };
    }),
  );
  return found.filter((one) => one !== null);
}

async function factsOf(pid: number): Promise<ProcessFacts> {
  const [executable, args, nodeOptions] = await Promise.all([
    executableOf(pid),
    argumentsOf(pid),
    variableOf(pid, "NODE_OPTIONS"),
  ]);
  return { pid, executable, args, nodeOptions: nodeOptions ?? "" };
}
