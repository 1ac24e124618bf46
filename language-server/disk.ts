import { statSync } from "node:fs";
import type { Machine } from "../daemon/config/machine.ts";
import { localMachine } from "../daemon/io/machine.ts";
import { MAX_LENGTH } from "./features/diagnostics.ts";

/** What the machine itself answers, each question asked of the system anew; what is too long to be judged, or no file, is not read. */
export function localDisk(): Omit<Machine, "cwd"> {
  const machine = localMachine();
  return {
    ...machine,
    readFile: (path) => {
      const code = obstacleTo(path);
      return code === null ? machine.readFile(path) : { kind: "error", code };
    },
  };
}

/** Why a path is not to be read; a pipe would keep the server waiting. */
function obstacleTo(path: string): string | null {
  try {
    const stats = statSync(path);
    if (stats.size > MAX_LENGTH) return "EFBIG";
    return stats.isFile() || stats.isDirectory() ? null : "ENXIO";
  } catch {
    // Reading it says why it cannot be looked at.
    return null;
  }
}
