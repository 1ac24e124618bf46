import { statSync } from "node:fs";
import type { Machine } from "../daemon/config/machine.ts";
import { localMachine } from "../daemon/io/machine.ts";
import { MAX_LENGTH } from "./features/diagnostics.ts";

/** What the machine itself answers, each question asked of the system anew; files too long to be judged are not read. */
export function localDisk(): Omit<Machine, "cwd"> {
  const machine = localMachine();
  return {
    ...machine,
    readFile: (path) => (isTooLong(path) ? { kind: "error", code: "EFBIG" } : machine.readFile(path)),
  };
}

function isTooLong(path: string): boolean {
  try {
    return statSync(path).size > MAX_LENGTH;
  } catch {
    // Reading it says why it cannot be looked at.
    return false;
  }
}
