import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

const PASSED_ON: readonly NodeJS.Signals[] = ["SIGTERM", "SIGHUP", "SIGINT", "SIGUSR1", "SIGUSR2", "SIGQUIT"];

/** After these the program is on its way out. */
const ENDING: readonly NodeJS.Signals[] = ["SIGTERM", "SIGINT", "SIGQUIT"];

/** How often it is looked whether a process lives that is no child, in milliseconds. */
const LOOK_MS = 500;

/**
 * Runs a command and passes signals on to the process whose id stands in `pidfile`: for programs that daemonize, or
 * whose wrapper keeps signals to itself. Resolves once the command and that process are gone.
 */
export async function runPidProxy(pidfile: string, command: readonly string[]): Promise<void> {
  const [program = "", ...args] = command;
  // Like Supervisor's, the PATH is not searched.
  const child = spawn(resolve(program), args, { argv0: program, stdio: "inherit" });
  const gone = goneOf(child);
  const ending = Promise.withResolvers<number>();
  for (const signal of PASSED_ON) {
    process.on(signal, () => {
      const pid = passOn(signal, pidfile);
      if (pid !== null && ENDING.includes(signal)) ending.resolve(pid);
    });
  }
  await Promise.race([gone, ending.promise.then(whenGone)]);
  const pid = readPid(pidfile);
  // A child that only started its daemon leaves it behind.
  if (pid !== null) await whenGone(pid);
}

/** The process that got the signal; null where there is none. */
function passOn(signal: NodeJS.Signals, pidfile: string): number | null {
  const pid = readPid(pidfile);
  if (pid === null) {
    process.stdout.write(`Can't read child pidfile ${pidfile}!\n`);
    return null;
  }
  try {
    process.kill(pid, signal);
  } catch (error) {
    process.stdout.write(`Can't send ${signal} to process ${pid} of ${pidfile}: ${String(error)}\n`);
  }
  return pid;
}

function readPid(pidfile: string): number | null {
  try {
    const pid = Number(readFileSync(pidfile, "utf8").trim());
    return Number.isInteger(pid) && pid > 0 ? pid : null;
  } catch {
    // Not there yet, or not any more.
    return null;
  }
}

function goneOf(child: ChildProcess): Promise<void> {
  return new Promise((done) => {
    child.on("exit", () => done());
    child.on("error", (error) => {
      process.stderr.write(`pidproxy: ${error.message}\n`);
      done();
    });
  });
}

function whenGone(pid: number): Promise<void> {
  return new Promise((done) => {
    const timer = setInterval(look, LOOK_MS);
    look();
    function look(): void {
      if (isAlive(pid)) return;
      clearInterval(timer);
      done();
    }
  });
}

/** One that is dead and waits to be reaped is none. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return !stat.slice(stat.lastIndexOf(")") + 2).startsWith("Z");
  } catch {
    // Without /proc the signal's answer stands.
    return true;
  }
}
