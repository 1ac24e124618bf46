import { createReadStream } from "node:fs";
import { resolve } from "node:path";
import { createInterface } from "node:readline";

const FLOOD = `/usr/bin/python3 ${resolve("test/fixtures/flood.py")}`;

/** Programs that together write this many bytes a second, in numbered lines. */
export function floodPrograms(count: number, bytesPerSecond: number): string {
  return `[program:flood]
command=${FLOOD} ${Math.round(bytesPerSecond / count)}
process_name=%(program_name)s_%(process_num)02d
numprocs=${count}
startsecs=0
redirect_stderr=true
stdout_logfile=%(here)s/flood_%(process_num)02d.log
stdout_logfile_maxbytes=0
`;
}

/** What a program's log holds: how many lines, and how many are missing or there twice. Its own count is the last line. */
export type FloodLog = { readonly lines: number; readonly missing: number; readonly repeated: number };

/** Reads the log of a program that was stopped in order. */
export async function readFloodLog(path: string): Promise<FloodLog> {
  let [next, missing, repeated, told] = [0, 0, 0, null as number | null];
  for await (const line of createInterface({ input: createReadStream(path) })) {
    if (line.startsWith("end ")) {
      told = Number(line.slice(4));
      continue;
    }
    const number = Number(line.slice(0, 10));
    const isWhole = line.length === 99 && Number.isInteger(number);
    if (!isWhole) continue;
    if (number < next) repeated += 1;
    else missing += number - next;
    next = Math.max(next, number + 1);
  }
  return { lines: next, missing: told === null ? Number.NaN : missing + Math.abs(told - next), repeated };
}
