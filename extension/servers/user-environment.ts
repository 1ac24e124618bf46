import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";

const TIME_LIMIT_MS = 5000;
const LONGEST_OUTPUT = 4 * 1024 * 1024;

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string>>;

/**
 * The environment of the user's login shell: an editor started from a desktop lacks what the shell's profile sets.
 * Falls back to the editor's own where the shell gives none in time, after telling `onFallback` why.
 */
export async function userEnvironment(
  editor: NodeJS.ProcessEnv,
  onFallback: (reason: string) => void,
): Promise<Environment> {
  const own = withoutEditorVariables(editor);
  const shell = own.SHELL;
  if (!shell || process.platform === "win32") return own;
  try {
    return withoutEditorVariables(await shellEnvironment(shell, own));
  } catch (error) {
    onFallback(error instanceof Error ? error.message : String(error));
    return own;
  }
}

/** The variables without those that the editor sets for its own processes. */
function withoutEditorVariables(environment: NodeJS.ProcessEnv): Environment {
  const entries = Object.entries(environment).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !/^(ELECTRON|VSCODE)_/.test(entry[0]),
  );
  return Object.fromEntries(entries);
}

function shellEnvironment(shell: string, environment: Environment): Promise<Environment> {
  const { promise, resolve, reject } = Promise.withResolvers<Environment>();
  const mark = randomUUID();
  // In a session of its own, so that an interactive shell finds no terminal to take over.
  const child = spawn(shell, ["-l", "-i", "-c", `printf %s ${mark}; env -0; printf %s ${mark}`], {
    env: environment,
    stdio: ["ignore", "pipe", "ignore"],
    detached: true,
  });
  const timer = setTimeout(() => fail(`${shell} gave no environment within 5 seconds`), TIME_LIMIT_MS);
  let output = "";
  function fail(reason: string): void {
    clearTimeout(timer);
    killSession(child.pid);
    reject(new Error(`cannot read the login shell's environment: ${reason}`));
  }
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
    if (output.length > LONGEST_OUTPUT) return fail(`${shell} prints too much`);
    // Not the shell's end: what its profile leaves in the background may hold the pipe open.
    const parts = output.split(mark);
    if (parts.length < 3) return;
    clearTimeout(timer);
    killSession(child.pid);
    resolve(parseEnvironment(parts[1] ?? ""));
  });
  child.on("error", (error) => fail(error.message));
  child.on("exit", (code) => code !== 0 && fail(`${shell} ended with code ${code}`));
  return promise;
}

function parseEnvironment(text: string): Environment {
  const pairs = text.split("\0").flatMap((line): [string, string][] => {
    const equals = line.indexOf("=");
    return equals > 0 ? [[line.slice(0, equals), line.slice(equals + 1)]] : [];
  });
  return Object.fromEntries(pairs);
}

function killSession(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch (error) {
    // Gone already, as it should be.
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}
