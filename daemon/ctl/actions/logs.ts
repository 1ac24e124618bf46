import { parseInteger } from "../../config/python/integer.ts";
import { repr } from "../../config/python/repr.ts";
import { words } from "../../config/python/text.ts";
import { terminalText } from "../../core/terminal-text.ts";
import type { LogChannel } from "../../protocol/event-stream.ts";
import { FAULT_CODES, Fault } from "../../protocol/faults.ts";
import { splitNamespec } from "../../protocol/names.ts";
import { exitStatusOf } from "../exit-status.ts";
import { clearResult } from "../format.ts";
import { isUp, type Session } from "../session.ts";
import { outcome } from "./act.ts";
import type { Action } from "./action.ts";
import { follow } from "./follow.ts";
import { refuseUsage } from "./usage.ts";

const USUAL_BYTES = 1600;

/** `tail`. */
export const tail: Action = {
  names: "process",
  help: [
    "tail <name> [stdout|stderr]      the last 1600 bytes of what a process wrote (stdout unless said)",
    "tail -100 <name> [...]           the last 100 bytes",
    "tail -f <name> [...]             and what it writes from now on, until Ctrl-C",
  ],
  async run(session, argument) {
    if (!(await isUp(session))) return undefined;
    const request = tailRequest(words(argument));
    if ("problem" in request) {
      session.refuse(request.problem);
      if (request.usage) for (const form of tail.help) session.say(form);
      return undefined;
    }
    const { name, channel, bytes } = request;
    if (bytes === "follow") await follow(session, { kind: "process", name, channel });
    else await show(session, name, () => readEnd(session, name, channel, bytes));
    return undefined;
  },
};

/** `maintail`. */
export const maintail: Action = {
  help: [
    "maintail        the last 1600 bytes of the daemon's own log",
    "maintail -100   the last 100 bytes",
    "maintail -f     and what is written from now on, until Ctrl-C",
  ],
  async run(session, argument) {
    if (!(await isUp(session))) return undefined;
    const [modifier = `-${USUAL_BYTES}`, ...more] = words(argument);
    if (more.length > 0) return refuseUsage(session, "Error: too many arguments", maintail);
    const bytes = bytesOf(modifier);
    if (bytes === null) session.refuse(`Error: bad argument ${modifier}`);
    else if (bytes === "follow") await follow(session, { kind: "daemon" });
    else await show(session, "supervisord", () => session.rpc.readLog(-bytes, 0));
    return undefined;
  },
};

type TailRequest =
  | { readonly name: string; readonly channel: LogChannel; readonly bytes: number | "follow" }
  | { readonly problem: string; readonly usage: boolean };

function tailRequest(given: readonly string[]): TailRequest {
  if (given.length === 0) return { problem: "Error: too few arguments", usage: true };
  if (given.length > 3) return { problem: "Error: too many arguments", usage: true };
  const [modifier, names] = given[0]?.startsWith("-") ? [given[0], given.slice(1)] : [null, given];
  const [name] = names;
  if (name === undefined) return { problem: "Error: tail requires process name", usage: false };
  const channel = names.length === 1 ? "stdout" : (names.at(-1) ?? "").toLowerCase();
  if (channel !== "stdout" && channel !== "stderr") {
    return { problem: `Error: bad channel ${repr(channel)}`, usage: false };
  }
  const bytes = modifier === null ? USUAL_BYTES : bytesOf(modifier);
  return bytes === null
    ? { problem: `Error: bad argument ${modifier}`, usage: false }
    : { name, channel, bytes };
}

/** The number of bytes that `-100` asks for; null where it asks for nothing that can be read. */
function bytesOf(modifier: string): number | "follow" | null {
  if (!modifier.startsWith("-")) return null;
  if (modifier === "-f") return "follow";
  const bytes = parseInteger(modifier.slice(1), 10);
  return typeof bytes === "bigint" ? Number(bytes) : null;
}

function readEnd({ rpc }: Session, name: string, channel: LogChannel, bytes: number): Promise<string> {
  return channel === "stdout"
    ? rpc.readProcessStdoutLog(name, -bytes, 0)
    : rpc.readProcessStderrLog(name, -bytes, 0);
}

async function show(session: Session, name: string, read: () => Promise<string>): Promise<void> {
  try {
    const text = await read();
    session.say(process.stdout.isTTY ? terminalText("", text).text : text);
  } catch (error) {
    const reason = error instanceof Fault ? READ_FAULTS.get(error.code) : undefined;
    if (reason === undefined) throw error;
    session.refuse(`${name}: ERROR (${reason})`);
  }
}

const READ_FAULTS: ReadonlyMap<number, string> = new Map([
  [FAULT_CODES.NO_FILE, "no log file"],
  [FAULT_CODES.FAILED, "unknown error reading log"],
  [FAULT_CODES.BAD_NAME, "no such process name"],
]);

/** `clear`. */
export const clear: Action = {
  names: "process",
  help: [
    "clear <name> [<name> ...]   empty the log files of processes",
    "clear all                   empty the log files of all",
  ],
  async run(session, argument) {
    if (!(await isUp(session))) return undefined;
    const names = words(argument);
    if (names.length === 0) return refuseUsage(session, "Error: clear requires a process name", clear);
    const { rpc } = session;
    const results = names.includes("all")
      ? await rpc.clearAllProcessLogs()
      : names.map((name) => clearOne(session, name));
    for (const pending of results) {
      const result = await pending;
      session.say(clearResult(result));
      session.note(exitStatusOf(result.status));
    }
    return undefined;
  },
};

function clearOne({ rpc }: Session, namespec: string) {
  const { group, process } = splitNamespec(namespec);
  return outcome(() => rpc.clearProcessLogs(namespec), group, process ?? "None");
}
