import { readFileSync, statSync } from "node:fs";
import { homedir, hostname } from "node:os";
import type { FileContent, Machine } from "../config/machine.ts";
import { glob } from "./glob.ts";

/** What of the machine a reading may be given otherwise. */
export type MachineOverrides = { readonly [Name in keyof Machine]?: Machine[Name] | undefined };

/** The machine that this process runs on, as reading a configuration sees it. */
export function localMachine(overrides: MachineOverrides = {}): Machine {
  const environment = overrides.environment ?? process.env;
  const local: Machine = {
    environment,
    cwd: process.cwd(),
    hostName: hostname(),
    tempDirectory: tempDirectory(environment),
    readFile,
    glob,
    isDirectory,
    homeDirectory,
    userExists: (user) => accountsElsewhere() || accountExists("/etc/passwd", user),
    groupExists: (group) => accountsElsewhere() || accountExists("/etc/group", group),
  };
  const given = Object.entries(overrides).filter(([, value]) => value !== undefined);
  return { ...local, ...Object.fromEntries(given) };
}

/** Where Python puts temporary files. */
function tempDirectory(environment: Machine["environment"]): string {
  const named = ["TMPDIR", "TEMP", "TMP"].flatMap((name) => environment[name] || []);
  return [...named, "/tmp", "/var/tmp", "/usr/tmp"].find(isDirectory) ?? process.cwd();
}

/** Text where the bytes are UTF-8; a byte order mark is kept. */
function readFile(path: string): FileContent {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    return { kind: "error", code: errorCode(error) };
  }
  try {
    return { kind: "text", text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    // Not UTF-8: the reader says where.
    return { kind: "bytes", bytes };
  }
}

function errorCode(error: unknown): string {
  if (error instanceof Error && "code" in error && typeof error.code === "string") return error.code;
  return String(error);
}

function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    // What cannot be looked at is no directory, as in Python.
    return false;
  }
}

function homeDirectory(user: string | null): string | null {
  if (user === null) return homedir();
  return accounts("/etc/passwd").find((fields) => fields[0] === user)?.[5] ?? null;
}

/** Where the files list only the system's own accounts, none is called missing. */
function accountsElsewhere(): boolean {
  return process.platform === "darwin" || process.platform === "win32";
}

function accountExists(file: string, account: string | number): boolean {
  const index = typeof account === "number" ? 2 : 0;
  return accounts(file).some((fields) => fields[index] === String(account));
}

/** The lines of `/etc/passwd` or `/etc/group`, split into fields; none where the machine has no such file. */
function accounts(file: string): string[][] {
  const content = readFile(file);
  if (content.kind !== "text") return [];
  return content.text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => line.split(":"));
}
