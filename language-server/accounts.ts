import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";

/** Whether there is a user or group of that name or number; null where it cannot be told. */
export async function accountExists(database: "passwd" | "group", account: string): Promise<boolean | null> {
  // There the files list only the system's own accounts.
  if (process.platform === "darwin" || process.platform === "win32") return true;
  const { lines } = await linesOfAccount(database, account);
  return lines.length > 0 || (await isInDirectoryService(database, account));
}

/** The file that lists the users or groups of the machine, and on which lines, from 0, it has one of a name or number. */
export async function linesOfAccount(
  database: "passwd" | "group",
  account: string,
): Promise<{ readonly path: string; readonly lines: readonly number[] }> {
  const path = `/etc/${database}`;
  const list = (await readFile(path, "utf8")).split("\n");
  const index = /^\d+$/.test(account) ? 2 : 0;
  return { path, lines: list.flatMap((line, at) => (line.split(":")[index] === account ? [at] : [])) };
}

/** Accounts may come from elsewhere, such as LDAP, which the system is asked about. */
function isInDirectoryService(database: string, account: string): Promise<boolean | null> {
  return new Promise((resolve) => {
    execFile("getent", ["--", database, account], { timeout: LIMIT_MS }, (error) => {
      if (error === null) resolve(true);
      else if (error.code === NO_SUCH_KEY || error.code === "ENOENT") resolve(false);
      else resolve(null);
    });
  });
}

const LIMIT_MS = 5000;

/** What `getent` exits with for an account that no source has. */
const NO_SUCH_KEY = 2;
