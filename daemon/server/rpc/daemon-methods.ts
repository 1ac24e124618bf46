import { remoteEvent } from "../../core/events/payloads.ts";
import { fault } from "../../protocol/faults.ts";
import { MOOD_CODES } from "../../protocol/states.ts";
import { API_VERSION, SUPERVISOR_VERSION } from "../../version.ts";
import { groupName } from "./argument.ts";
import { configInfo } from "./config-info.ts";
import type { Method } from "./method.ts";
import { pythonText } from "./python-text.ts";

/** Methods about the daemon as a whole and its configuration. */
export const DAEMON_METHODS: Readonly<Record<string, Method>> = {
  getAPIVersion: {
    help: "The version of this interface.",
    result: "string",
    params: [],
    run: () => API_VERSION,
  },
  getSupervisorVersion: {
    help: "The version of Supervisor that this daemon behaves as.",
    result: "string",
    params: [],
    run: () => SUPERVISOR_VERSION,
  },
  getIdentification: {
    help: "The identifier from the configuration.",
    result: "string",
    params: [],
    run: (daemon) => daemon.supervisor.info().identifier,
  },
  getState: {
    help: "The state of the daemon: statecode and statename.",
    result: "struct",
    params: [],
    run: ({ supervisor: { mood } }) => ({ statecode: MOOD_CODES[mood], statename: mood }),
  },
  getPID: {
    help: "The process id of the daemon.",
    result: "int",
    params: [],
    run: (daemon) => daemon.supervisor.info().pid,
  },
  shutdown: {
    help: "Stops all processes and ends the daemon.",
    result: "boolean",
    params: [],
    run: (daemon) => {
      daemon.shutdown();
      return true;
    },
  },
  restart: {
    help: "Stops all processes and starts over.",
    result: "boolean",
    params: [],
    run: (daemon) => {
      daemon.restart();
      return true;
    },
  },
  reloadConfig: {
    help: "Reads the configuration again; the names of added, changed and removed groups. Nothing is started or stopped.",
    result: "array",
    params: [],
    run: (daemon) => {
      const { added, changed, removed } = daemon.reread();
      return [[added, changed, removed]];
    },
  },
  addProcessGroup: {
    help: "Puts a group of the configuration that was read last in force, and starts what starts by itself.",
    result: "boolean",
    params: [{ name: "name", type: "string" }],
    run: ({ supervisor }, args) => {
      const name = pythonText(args[0] ?? null);
      const settings = supervisor.configuration.groups.find((group) => group.name === name);
      if (settings === undefined) throw fault("BAD_NAME", name);
      if (!supervisor.add(settings)) throw fault("ALREADY_ADDED", name);
      return true;
    },
  },
  removeProcessGroup: {
    help: "Forgets a group whose processes are all stopped.",
    result: "boolean",
    params: [{ name: "name", type: "string" }],
    run: ({ supervisor }, args) => {
      const name = groupName(args, 0);
      if (!supervisor.groups.has(name)) throw fault("BAD_NAME", name);
      if (!supervisor.remove(name)) throw fault("STILL_RUNNING", name);
      return true;
    },
  },
  getAllConfigInfo: {
    help: "The processes of the configuration that was read last, and whether their groups are in force.",
    result: "array",
    params: [],
    run: ({ supervisor }) => configInfo(supervisor),
  },
  sendRemoteCommEvent: {
    help: "Tells event listeners something: an event REMOTE_COMMUNICATION of that type, with that data.",
    result: "boolean",
    params: [
      { name: "type", type: "string" },
      { name: "data", type: "string" },
    ],
    run: ({ supervisor }, args) => {
      supervisor.bus.notify(remoteEvent(pythonText(args[0] ?? null), pythonText(args[1] ?? null)));
      return true;
    },
  },
};
