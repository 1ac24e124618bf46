import type { RpcClient } from "../../daemon/client/rpc.ts";
import { snapshotOf } from "../model/polled-process.ts";
import { type ProcessTable, tableOf } from "../model/process-table.ts";
import type { ServerState } from "../model/server.ts";

/**
 * The processes of a supervisor as it answers now: its events may be on their way, or come only while somebody looks.
 * `state` is what they told already, and tells more of each that is still so.
 */
export async function processesNow(client: RpcClient, state: ServerState | undefined): Promise<ProcessTable> {
  const told: ProcessTable = state?.kind === "connected" ? state.processes : new Map();
  const now = tableOf((await client.getAllProcessInfo()).map((info) => snapshotOf(info)));
  return new Map(
    [...now].map(([key, process]) => {
      const known = told.get(key);
      return [key, known?.state === process.state && known.pid === process.pid ? known : process];
    }),
  );
}
