import { followLog } from "../../client/log-tail.ts";
import { words } from "../../config/python/text.ts";
import type { LogChannel } from "../../protocol/event-stream.ts";
import { FAULT_CODES, Fault } from "../../protocol/faults.ts";
import { STATE_CODES } from "../../protocol/states.ts";
import { isUp, type Session } from "../session.ts";
import type { Action } from "./action.ts";
import { complain, shower } from "./follow.ts";
import { refuseUsage } from "./usage.ts";

/** `fg`: a process in the foreground, its output shown and lines of input sent to it. */
export const fg: Action = {
  names: "process",
  help: ["fg <name>   show what a process writes and send it what is typed, until Ctrl-C"],
  async run(session, argument) {
    if (!(await isUp(session))) return undefined;
    const [name, ...more] = words(argument);
    if (name === undefined) return refuseUsage(session, "ERROR: no process name supplied", fg);
    if (more.length > 0) session.refuse("ERROR: too many process names supplied");
    else if (await isRunning(session, name)) await converse(session, name);
    return undefined;
  },
};

async function isRunning(session: Session, name: string): Promise<boolean> {
  try {
    const { state } = await session.rpc.getProcessInfo(name);
    if (state === STATE_CODES.RUNNING) return true;
    session.refuse("ERROR: process not running");
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    if (error.code === FAULT_CODES.BAD_NAME) session.refuse("ERROR: bad process name supplied");
    else session.say(`ERROR: ${error.text}`);
  }
  return false;
}

async function converse(session: Session, name: string): Promise<void> {
  session.say("==> Press Ctrl-C to exit <==");
  const { promise: interrupted, resolve: interrupt } = Promise.withResolvers<null>();
  const undo = session.terminal.onInterrupt(() => interrupt(null));
  const streams = CHANNELS.map((channel) => showChannel(session, name, channel));
  let line: string | null = null;
  do {
    line = await Promise.race([session.terminal.readLine(""), interrupted]);
  } while (line !== null && (await send(session, name, line)));
  session.say("Exiting foreground");
  undo();
  for (const stream of streams) stream.close();
}

const CHANNELS: readonly LogChannel[] = ["stdout", "stderr"];

function showChannel(session: Session, name: string, channel: LogChannel) {
  const log = { kind: "process", name, channel } as const;
  return followLog(session.address, log, {
    onText: shower(),
    onClosed: (failure) => failure !== null && complain(session, log, failure),
  });
}

/** Sends a line; false once there is nobody left to send to. */
async function send({ rpc, say }: Session, name: string, line: string): Promise<boolean> {
  try {
    await rpc.sendProcessStdin(name, `${line}\n`);
    if ((await rpc.getProcessInfo(name)).state === STATE_CODES.RUNNING) return true;
    say("Process got killed");
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    say(error.code === FAULT_CODES.NOT_RUNNING ? "Process got killed" : `ERROR: ${error.text}`);
  }
  return false;
}
