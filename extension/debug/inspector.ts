import { get } from "node:http";
import { constants } from "node:os";
import { holderOf, listenersOf } from "../machine/listeners.ts";
import { catchesSignal } from "../machine/processes.ts";
import { entryOf } from "../model/debug/debuggee.ts";
import { t } from "../model/l10n.ts";
import type { FoundDebuggee } from "./find-debuggees.ts";

const TRIES = 50;
const TRY_MS = 100;
const ANSWER_MS = 1000;

/** The port of 127.0.0.1 at which a Node process waits for a debugger; null where it does not. */
export async function inspectorOf(pid: number): Promise<number | null> {
  for (const { port, address } of await listenersOf([pid])) {
    if (await isInspector(port, address)) return port;
  }
  return null;
}

/** Has a Node process wait for a debugger, if it does not yet; the port. Throws a sentence where that cannot be. */
export async function openInspector({ pid, label, facts }: FoundDebuggee): Promise<number> {
  const open = await inspectorOf(pid);
  if (open !== null) return open;
  const entry = entryOf(facts, "node");
  const isCaught = await catchesSignal(pid, constants.signals.SIGUSR1);
  // To whoever does not catch it the signal is deadly.
  if (entry.kind !== "signal" || isCaught === false)
    throw new Error(t("{0} does not let a debugger in: restart it under the debugger instead.", label));
  const holder = await holderOf(entry.port);
  if (holder !== null)
    throw new Error(
      t(
        "Port {0}, where {1} would wait for the debugger, is taken: restart it under the debugger instead, which takes a free one.",
        entry.port,
        label,
      ),
    );
  process.kill(pid, "SIGUSR1");
  for (let tries = 0; tries < TRIES; tries++) {
    const port = await inspectorOf(pid);
    if (port !== null) return port;
    await new Promise((done) => setTimeout(done, TRY_MS));
  }
  throw new Error(t("{0} was asked to wait for a debugger, but does not.", label));
}

/** Whether a debugger of Node is served there. */
function isInspector(port: number, address: string): Promise<boolean> {
  const host = address === "0.0.0.0" || address === "::" ? "127.0.0.1" : address;
  return new Promise((resolve) => {
    const request = get(
      { host, port, path: "/json/version", timeout: ANSWER_MS, agent: false },
      (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (more: string) => {
          text += more;
        });
        response.on("end", () => resolve(/"Browser":\s*"node\.js/.test(text)));
      },
    );
    request.on("timeout", () => request.destroy());
    // What ends without an answer is none.
    request.on("error", () => resolve(false)).on("close", () => resolve(false));
  });
}
