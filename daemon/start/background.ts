import { spawn } from "node:child_process";

/** What the process in the background tells the one that started it. */
type Report = { readonly type: "ready" } | { readonly type: "failed"; readonly message: string };

export type Reporter = (report: Report) => void;

/** Set for the process in the background: it reports over IPC instead of the terminal. */
const BACKGROUND_MARK = "SUPERVISORD_BACKGROUND";

/**
 * Starts this program again in a session of its own, and waits until it serves requests or says why it cannot.
 * Resolves to null, or to what went wrong.
 */
export function startInBackground(script: string, argv: readonly string[]): Promise<string | null> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [...process.execArgv, script, ...argv], {
      detached: true,
      stdio: ["ignore", "ignore", "ignore", "ipc"],
      env: { ...process.env, [BACKGROUND_MARK]: "1" },
    });
    child.on("message", (report: Report) => {
      resolve(report.type === "ready" ? null : report.message);
      if (child.connected) child.disconnect();
      child.unref();
    });
    child.on("error", (error) => resolve(`cannot go to the background: ${error.message}`));
    child.on("exit", (code, signal) =>
      resolve(`the daemon ended before it was ready (${signal ?? `exit status ${code}`})`),
    );
  });
}

/** For the process in the background, how to report; null in any other. Programs do not inherit the mark. */
export function backgroundReporter(): Reporter | null {
  if (process.env[BACKGROUND_MARK] === undefined || process.send === undefined) return null;
  delete process.env[BACKGROUND_MARK];
  return (report) => {
    if (!process.connected) return;
    process.send?.(report);
    process.disconnect();
  };
}
