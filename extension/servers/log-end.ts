import { open } from "node:fs/promises";
import { RequestFailure } from "../../daemon/client/failure.ts";
import type { RpcClient } from "../../daemon/client/rpc.ts";
import type { LogChannel, ProcessSnapshot } from "../../daemon/protocol/event-stream.ts";
import { FAULT_CODES, Fault } from "../../daemon/protocol/faults.ts";
import { makeNamespec } from "../../daemon/protocol/names.ts";

/** A part of a log up to its end; `offset` is that of the first byte, `end` that of the byte after the last one. */
export type LogEnd = { readonly text: string; readonly offset: number; readonly end: number };

/** The part of a log that is wanted: at most so many bytes, from `from` on where that is in the log. */
export type Wanted = { readonly atMost: number; readonly from: number };

/**
 * Reads the end of a process's log, of any supervisord: its file where the supervisor is reached by a socket of this
 * machine, else by its answers. Null for a process that keeps no such log. The text is empty where an answer cannot
 * be read: a real supervisord puts the control bytes of coloured output into XML as they are.
 */
export async function readLogEnd(
  client: RpcClient,
  process: ProcessSnapshot,
  channel: LogChannel,
  wanted: Wanted,
): Promise<LogEnd | null> {
  const file = channel === "stdout" ? process.stdoutLogfile : process.stderrLogfile;
  if (file === null) return null;
  const local = client.address.kind === "unix" ? await readFileEnd(file, wanted) : null;
  return local ?? (await askForEnd(client, makeNamespec(process.group, process.name), channel, wanted));
}

/** Null where the file cannot be read from here. */
async function readFileEnd(path: string, wanted: Wanted): Promise<LogEnd | null> {
  try {
    await using file = await open(path);
    const stat = await file.stat();
    if (!stat.isFile()) return null;
    const offset = startOf(wanted, stat.size);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(stat.size - offset), { position: offset });
    const cut = offset === 0 ? 0 : characterStart(buffer);
    const text = buffer.toString("utf8", cut, bytesRead);
    return { text, offset: offset + cut, end: offset + bytesRead };
  } catch {
    // It is on another machine, or another user's: the supervisor may hand it out.
    return null;
  }
}

async function askForEnd(
  client: RpcClient,
  name: string,
  channel: LogChannel,
  wanted: Wanted,
): Promise<LogEnd | null> {
  const kind = channel === "stdout" ? "Stdout" : "Stderr";
  const read = (offset: number, length: number) =>
    channel === "stdout"
      ? client.readProcessStdoutLog(name, offset, length)
      : client.readProcessStderrLog(name, offset, length);
  let size = 0;
  try {
    const answer = await client.call(`supervisor.tailProcess${kind}Log`, [name, 0, 0]);
    if (Array.isArray(answer) && typeof answer[1] === "number") size = answer[1];
    const offset = startOf(wanted, size);
    // A length of 0 would mean all of it, and the answer tells whether there is such a log.
    const text = size === offset ? await read(-1, 0) : await read(offset, size - offset);
    return { text: size === offset ? "" : text, offset, end: size };
  } catch (error) {
    if (error instanceof Fault && error.code === FAULT_CODES.NO_FILE) return null;
    // A status is an answer: it could not put the text into words.
    if (error instanceof RequestFailure && error.status === null) throw error;
    return { text: "", offset: size, end: size };
  }
}

/** Where the first whole character begins. */
function characterStart(bytes: Buffer): number {
  const first = bytes.subarray(0, 4).findIndex((byte) => (byte & 0xc0) !== 0x80);
  return Math.max(0, first);
}

/** A log that ends before `from` began anew. */
function startOf({ atMost, from }: Wanted, size: number): number {
  return Math.max(0, size - atMost, from <= size ? from : 0);
}
