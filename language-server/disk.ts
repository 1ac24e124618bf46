import { statSync } from "node:fs";
import type { FileContent, Machine } from "../daemon/config/machine.ts";
import { BYTE_ORDER_MARK } from "../daemon/config/python/utf8.ts";
import { localMachine } from "../daemon/io/machine.ts";
import { MAX_LENGTH } from "./features/diagnostics.ts";

/** What the machine itself answers, each question asked of the system anew; what is too long to be judged, or no file, is not read. */
export function localDisk(): Omit<Machine, "cwd"> {
  const machine = localMachine();
  return {
    ...machine,
    readFile: (path) => {
      const code = obstacleTo(path);
      return code === null ? asShown(machine.readFile(path)) : { kind: "error", code };
    },
  };
}

/** Editors count positions without a byte order mark. */
function asShown(content: FileContent): FileContent {
  const isMarked = content.kind === "text" && content.text.startsWith(BYTE_ORDER_MARK);
  return isMarked ? { kind: "text", text: content.text.slice(BYTE_ORDER_MARK.length) } : content;
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
