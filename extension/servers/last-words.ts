import type { RpcClient } from "../../daemon/client/rpc.ts";
import { makeNamespec } from "../../daemon/protocol/names.ts";
import { lastLine } from "../model/last-line.ts";
import type { ProcessName } from "./output-source.ts";

const TAIL_BYTES = 4096;

/** The last line that a process wrote to its standard error, else to its standard output; null where there is none. */
export async function lastWords(client: RpcClient, { group, name }: ProcessName): Promise<string | null> {
  const namespec = makeNamespec(group, name);
  const read = (ask: RpcClient["readProcessStderrLog"]) =>
    // Without a log there are no last words.
    ask(namespec, -TAIL_BYTES, 0).catch(() => "");
  return (
    lastLine(await read(client.readProcessStderrLog)) ?? lastLine(await read(client.readProcessStdoutLog))
  );
}
