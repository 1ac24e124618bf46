import { existsSync, statSync } from "node:fs";
import { type LogPart, logPart, readPart, tailPart } from "../../io/log-part.ts";
import { Fault, fault } from "../../protocol/faults.ts";
import type { XmlRpcValue } from "../../xml-rpc/value.ts";
import type { Daemon } from "../daemon.ts";
import { argument } from "./argument.ts";
import { namespecOf } from "./control.ts";
import { each } from "./each.ts";
import { findProcess } from "./find.ts";
import type { Method, Parameter } from "./method.ts";

const NAME: Parameter = { name: "name", type: "string" };
const OFFSET: Parameter = { name: "offset", type: "int" };
const LENGTH: Parameter = { name: "length", type: "int" };

/** As much of a log goes into one answer. */
const MOST_BYTES = 32 * 1024 * 1024;

/** Methods that read and clear logs. */
export const LOG_METHODS: Readonly<Record<string, Method>> = {
  readLog: {
    help: "A part of the daemon's own log; a negative offset counts from the end, length 0 means all the rest.",
    result: "string",
    params: [OFFSET, LENGTH],
    run: ({ log }, args) => readLog(log.file?.path ?? null, args.slice(0, 2)),
  },
  clearLog: {
    help: "Empties the daemon's own log.",
    result: "boolean",
    params: [],
    run: ({ log }) => {
      if (log.file === null || !existsSync(log.file.path)) throw fault("NO_FILE");
      log.file.clear();
      return true;
    },
  },
  readProcessStdoutLog: readMethod("stdout"),
  readProcessStderrLog: readMethod("stderr"),
  tailProcessStdoutLog: tailMethod("stdout"),
  tailProcessStderrLog: tailMethod("stderr"),
  clearProcessLogs: {
    help: "Empties the logs of a process.",
    result: "boolean",
    params: [NAME],
    run: (daemon, args) => {
      clearLogs(daemon, argument(args, 0, "string"));
      return true;
    },
  },
  clearAllProcessLogs: {
    help: "Empties the logs of all processes.",
    result: "array",
    params: [],
    run: (daemon) =>
      each(daemon.supervisor.runnersInOrder(), (runner) => clearLogs(daemon, namespecOf(runner))),
  },
};

function readMethod(channel: "stdout" | "stderr"): Method {
  return {
    help: `A part of the ${channel} log of a process; a negative offset counts from the end, length 0 means all the rest.`,
    result: "string",
    params: [NAME, OFFSET, LENGTH],
    run: (daemon, args) => readLog(logfileOf(daemon, argument(args, 0, "string"), channel), args.slice(1)),
  };
}

function tailMethod(channel: "stdout" | "stderr"): Method {
  return {
    help: `The end of the ${channel} log of a process: text, offset of the end, and whether more was written.`,
    result: "array",
    params: [NAME, OFFSET, LENGTH],
    run: (daemon, args) => {
      const path = logfileOf(daemon, argument(args, 0, "string"), channel);
      if (path === null || !existsSync(path)) return ["", 0, false];
      const length = argument(args, 2, "int");
      if (Math.min(length, statSync(path).size) > MOST_BYTES) throw tooLong();
      return tailPart(path, argument(args, 1, "int"), length);
    },
  };
}

function logfileOf(daemon: Daemon, name: string, channel: "stdout" | "stderr"): string | null {
  return findProcess(daemon.supervisor, name)[channel]?.logfile ?? null;
}

function readLog(path: string | null, [offset, length]: readonly XmlRpcValue[]): string {
  if (path === null) throw fault("NO_FILE");
  if (!existsSync(path)) throw fault("NO_FILE", path);
  const part = logPart(argument([offset ?? ""], 0, "int"), argument([length ?? ""], 0, "int"));
  if (part.kind === "wrong") throw fault("BAD_ARGUMENTS");
  try {
    if (lengthOf(part, statSync(path).size) > MOST_BYTES) throw tooLong();
    return readPart(path, part).toString();
  } catch (error) {
    throw error instanceof Fault ? error : fault("FAILED");
  }
}

function lengthOf(part: Exclude<LogPart, { kind: "wrong" }>, size: number): number {
  if (part.kind === "last") return Math.min(part.bytes, size);
  return Math.min(part.length === "rest" ? size : part.length, size - part.offset);
}

function tooLong(): Fault {
  return fault("FAILED", `more than ${MOST_BYTES} bytes at once; ask for the log in parts`);
}

function clearLogs(daemon: Daemon, name: string): void {
  const runner = findProcess(daemon.supervisor, name);
  try {
    runner.stdout.clearLog();
    runner.stderr?.clearLog();
  } catch {
    throw fault("FAILED", name);
  }
}
