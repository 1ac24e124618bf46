import { readFileSync } from "node:fs";
import { connect, createServer, type Server, type Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { createRpcClient } from "../../daemon/client/rpc.ts";
import { Dice } from "./generator.ts";
import { malformedAnswer, malformedRequest } from "./malformed.ts";

/** What came of a fuzz: how often each status was answered, and how the memory of the daemon went. */
export type Outcome = {
  readonly statuses: ReadonlyMap<string, number>;
  /** Sequences that event listeners wrote. */
  readonly answers: number;
  /** Resident memory of the daemon in MiB, sampled at equal steps. */
  readonly memory: readonly number[];
  /** KiB that it grew by for each thousand requests, in the second half. */
  readonly slope: number;
};

const CONNECTIONS = 32;
const SAMPLES = 40;

/** The part of a configuration whose event listeners say what the fuzzer at `port` makes up. */
export function fuzzedListeners(port: number, count: number): string {
  return Array.from(
    { length: count },
    (_, i) =>
      `[eventlistener:fuzz${i}]\ncommand=/bin/bash -c 'exec cat </dev/tcp/127.0.0.1/${port}'\nevents=REMOTE_COMMUNICATION,PROCESS_STATE\nstartsecs=0\nautorestart=true\nstderr_logfile=NONE\nstdout_logfile=NONE\n`,
  ).join("");
}

/** Serves malformed answers to event listeners, until it is closed. */
export async function serveAnswers(
  seed: number,
): Promise<{ port: number; count: () => number; close: () => void }> {
  const dice = new Dice(seed);
  const sockets = new Set<Socket>();
  let count = 0;
  const server: Server = createServer((socket) => {
    count++;
    sockets.add(socket.on("close", () => sockets.delete(socket)).on("error", () => {}));
    socket.end(malformedAnswer(dice));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("cannot serve answers of listeners");
  return {
    port: address.port,
    count: () => count,
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** Sends malformed requests to a daemon's unix socket, many at once. Rejects once it does not answer a good one any more. */
export async function fuzzRequests(
  target: { readonly socket: string; readonly pid: number; readonly answers: () => number },
  count: number,
  seed: number,
): Promise<Outcome> {
  const dice = new Dice(seed);
  const statuses = new Map<string, number>();
  const memory: number[] = [];
  const rpc = createRpcClient({ kind: "unix", path: target.socket });
  let sent = 0;
  const step = Math.max(1, Math.floor(count / SAMPLES));
  const work = async () => {
    while (sent < count) {
      sent++;
      if (sent % step === 0) {
        memory.push(residentMiB(target.pid));
        await rpc.call("supervisor.getState", []);
      }
      const status = await exchange(target.socket, malformedRequest(dice), dice.roll(100));
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, work));
  await rpc.call("supervisor.getState", []);
  return { statuses, answers: target.answers(), memory, slope: slopeOf(memory, step) };
}

/** Sends the bytes, and resolves to the status of the answer; some hang up early, or go on without end. */
async function exchange(path: string, bytes: Buffer, manner: number): Promise<string> {
  const socket = connect({ path });
  const answered = Promise.withResolvers<string>();
  let text = "";
  socket.on("error", (error: NodeJS.ErrnoException) => answered.resolve(error.code ?? "error"));
  socket.on("close", () => answered.resolve(text === "" ? "closed" : text));
  socket.on("data", (data: Buffer) => {
    text ||= /^HTTP\/1\.1 (\d+)/.exec(data.toString("latin1"))?.[1] ?? "garbage";
    answered.resolve(text);
  });
  if (manner < 5) {
    socket.write(bytes, () => socket.destroy());
  } else if (manner < 20) {
    const half = Math.floor(bytes.length / 2);
    socket.write(bytes.subarray(0, half), () => socket.end(bytes.subarray(half)));
  } else socket.end(bytes);
  const patience = new AbortController();
  const status = await Promise.race([
    answered.promise,
    wait(1500, "silent", { signal: patience.signal }).catch(() => "silent"),
  ]);
  patience.abort();
  socket.destroy();
  return status;
}

function residentMiB(pid: number): number {
  const kib = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? "0";
  return Number(kib) / 1024;
}

/** Least squares over the second half of the samples, when caches and heap have their size. */
function slopeOf(memory: readonly number[], step: number): number {
  const half = memory.slice(Math.floor(memory.length / 2));
  const middle = (half.length - 1) / 2;
  const mean = half.reduce((sum, mib) => sum + mib, 0) / Math.max(1, half.length);
  const over = half.reduce((sum, mib, i) => sum + (i - middle) * (mib - mean), 0);
  const under = half.reduce((sum, _, i) => sum + (i - middle) ** 2, 0);
  return under === 0 ? 0 : ((over / under) * 1024 * 1000) / step;
}
