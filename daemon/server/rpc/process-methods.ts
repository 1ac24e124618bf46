import { fault } from "../../protocol/faults.ts";
import { argument, groupName, signalName } from "./argument.ts";
import { isSignallable, isStoppable, isUp, signal, start, stop } from "./control.ts";
import { each } from "./each.ts";
import { findGroup, findProcess, findTarget } from "./find.ts";
import { infoOf } from "./info.ts";
import type { Method, Parameter } from "./method.ts";
import { pythonText } from "./python-text.ts";

const NAME: Parameter = { name: "name", type: "string" };
const WAIT: Parameter = { name: "wait", type: "boolean", default: true };
const SIGNAL: Parameter = { name: "signal", type: "string" };

/** Methods that look at processes, start, stop and signal them. */
export const PROCESS_METHODS: Readonly<Record<string, Method>> = {
  getProcessInfo: {
    help: "What is known of a process.",
    result: "struct",
    params: [NAME],
    run: ({ supervisor }, args) => infoOf(findProcess(supervisor, argument(args, 0, "string"))),
  },
  getAllProcessInfo: {
    help: "What is known of every process.",
    result: "array",
    params: [],
    run: ({ supervisor }) => supervisor.runners().map(infoOf),
  },
  startProcess: {
    help: "Starts a process, or all of a group (`group:*`).",
    result: "boolean",
    params: [NAME, WAIT],
    run: async ({ supervisor }, args) => {
      const name = argument(args, 0, "string");
      const wait = argument(args, 1, "boolean");
      const target = findTarget(supervisor, name);
      if (target.kind === "group")
        return each(
          target.runners.filter((r) => !isUp(r)),
          (r) => start(r, wait),
        );
      await start(target.runner, wait, name);
      return true;
    },
  },
  startProcessGroup: {
    help: "Starts all processes of a group.",
    result: "array",
    params: [NAME, WAIT],
    run: ({ supervisor }, args) => {
      const runners = findGroup(supervisor, groupName(args, 0));
      const wait = argument(args, 1, "boolean");
      return each(
        runners.filter((runner) => !isUp(runner)),
        (runner) => start(runner, wait),
      );
    },
  },
  startAllProcesses: {
    help: "Starts all processes.",
    result: "array",
    params: [WAIT],
    run: ({ supervisor }, args) => {
      const wait = argument(args, 0, "boolean");
      return each(
        supervisor.runnersInOrder().filter((r) => !isUp(r)),
        (runner) => start(runner, wait),
      );
    },
  },
  stopProcess: {
    help: "Stops a process, or all of a group (`group:*`).",
    result: "boolean",
    params: [NAME, WAIT],
    run: async ({ supervisor, log }, args) => {
      const name = argument(args, 0, "string");
      const wait = argument(args, 1, "boolean");
      const target = findTarget(supervisor, name);
      if (target.kind === "group") return each(target.runners.filter(isStoppable), (r) => stop(log, r, wait));
      await stop(log, target.runner, wait, name);
      return true;
    },
  },
  stopProcessGroup: {
    help: "Stops all processes of a group.",
    result: "array",
    params: [NAME, WAIT],
    run: ({ supervisor, log }, args) => {
      const runners = findGroup(supervisor, groupName(args, 0));
      const wait = argument(args, 1, "boolean");
      return each(runners.filter(isStoppable), (runner) => stop(log, runner, wait));
    },
  },
  stopAllProcesses: {
    help: "Stops all processes.",
    result: "array",
    params: [WAIT],
    run: ({ supervisor, log }, args) => {
      const wait = argument(args, 0, "boolean");
      return each(supervisor.runnersInOrder().filter(isStoppable), (runner) => stop(log, runner, wait));
    },
  },
  signalProcess: {
    help: "Sends a signal, by name or number, to a process or to all of a group (`group:*`).",
    result: "boolean",
    params: [NAME, SIGNAL],
    run: ({ supervisor }, args) => {
      const name = argument(args, 0, "string");
      const wanted = signalName(args, 1);
      const target = findTarget(supervisor, name);
      if (target.kind === "group")
        return each(target.runners.filter(isSignallable), (r) => signal(r, wanted));
      signal(target.runner, wanted, name);
      return true;
    },
  },
  signalProcessGroup: {
    help: "Sends a signal to all processes of a group.",
    result: "array",
    params: [NAME, SIGNAL],
    run: ({ supervisor }, args) => {
      const runners = findGroup(supervisor, groupName(args, 0)).filter(isSignallable);
      const wanted = signalName(args, 1);
      return each(runners, (runner) => signal(runner, wanted));
    },
  },
  signalAllProcesses: {
    help: "Sends a signal to all processes.",
    result: "array",
    params: [SIGNAL],
    run: ({ supervisor }, args) => {
      const wanted = signalName(args, 0);
      return each(supervisor.runnersInOrder().filter(isSignallable), (runner) => signal(runner, wanted));
    },
  },
  sendProcessStdin: {
    help: "Writes text to the stdin of a process.",
    result: "boolean",
    params: [NAME, { name: "chars", type: "string" }],
    run: ({ supervisor }, args) => {
      const text = args[1] ?? null;
      if (typeof text !== "string") throw fault("INCORRECT_PARAMETERS", pythonText(text));
      const name = argument(args, 0, "string");
      const runner = findProcess(supervisor, name);
      if (runner.pid === null || runner.state === "STOPPING") throw fault("NOT_RUNNING", name);
      if (!runner.writeStdin(text)) throw fault("NO_FILE", name);
      return true;
    },
  },
};
