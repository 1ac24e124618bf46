import { readFileSync, statSync } from "node:fs";
import { homedir, hostname, tmpdir } from "node:os";
import type { FileContent, Machine } from "../daemon/config/machine.ts";
import { MAX_LENGTH } from "./features/diagnostics.ts";
import { globPaths } from "./glob.ts";

/** What the machine itself answers, each question asked of the system anew. */
export function localDisk(): Omit<Machine, "cwd"> {
  return {
    environment: process.env,
    hostName: hostname(),
    tempDirectory: tmpdir(),
    readFile: readFromDisk,
    glob: globPaths,
    isDirectory,
    homeDirectory: (user) => (user === null ? homedir() : (accountIn("/etc/passwd", user)?.[5] ?? null)),
    userExists: (user) => accountsUnknown() || accountIn("/etc/passwd", user) !== undefined,
    groupExists: (group) => accountsUnknown() || accountIn("/etc/group", group) !== undefined,
  };
}

/** A folder that may not be looked at counts as none: a program could not use it either. */
function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

function readFromDisk(path: string): FileContent {
  try {
    if (statSync(path).size > MAX_LENGTH) return { kind: "error", code: "EFBIG" };
    return { kind: "bytes", bytes: readFileSync(path) };
  } catch (error) {
    return { kind: "error", code: codeOf(error) };
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "EIO";
}

/** Where accounts are not listed in files, none is called missing. */
function accountsUnknown(): boolean {
  return process.platform === "darwin" || process.platform === "win32";
}

/** The fields of an account by its name or number. */
function accountIn(table: string, account: string | number): string[] | undefined {
  const content = readFromDisk(table);
  if (content.kind !== "bytes") return undefined;
  const rows = Buffer.from(content.bytes)
    .toString("utf8")
    .split("\n")
    .map((row) => row.split(":"));
  return rows.find((fields) =>
    typeof account === "number" ? Number(fields[2]) === account : fields[0] === account,
  );
}
