import { DAEMON_METHODS } from "./daemon-methods.ts";
import { FORCE_STOP_METHODS } from "./force-stop-methods.ts";
import { LENDING_METHODS } from "./lending-methods.ts";
import { LOG_METHODS } from "./log-methods.ts";
import type { Method, MethodTable } from "./method.ts";
import { OWN_METHODS } from "./own-methods.ts";
import { PROCESS_METHODS } from "./process-methods.ts";
import { forOthers, forReaders } from "./reading.ts";
import { systemMethods } from "./system-methods.ts";

/** Names that older clients use, and what they mean. */
const ALIASES: Readonly<Record<string, string>> = {
  getVersion: "getAPIVersion",
  readMainLog: "readLog",
  readProcessLog: "readProcessStdoutLog",
  tailProcessLog: "tailProcessStdoutLog",
  clearProcessLog: "clearProcessLogs",
};

/** Every method that can be called; nothing is found by any other way than its full name here. */
export const PRIVATE_METHODS: MethodTable = buildTable((_, method) => method);

/** The same for a server that the configuration opens. */
export const METHODS: MethodTable = buildTable(forOthers);

/** The same for a server that is read-only. */
export const READING_METHODS: MethodTable = buildTable(forReaders);

function buildTable(suit: (name: string, method: Method) => Method): MethodTable {
  const table = new Map<string, Method>();
  const supervisor: Readonly<Record<string, Method>> = {
    ...DAEMON_METHODS,
    ...PROCESS_METHODS,
    ...LOG_METHODS,
  };
  const add = (name: string, method: Method) => table.set(`supervisor.${name}`, suit(name, method));
  for (const [name, method] of Object.entries(supervisor)) add(name, method);
  for (const [alias, name] of Object.entries(ALIASES)) {
    const method = supervisor[name];
    if (method !== undefined) add(alias, method);
  }
  for (const [name, method] of Object.entries({ ...OWN_METHODS, ...FORCE_STOP_METHODS, ...LENDING_METHODS }))
    table.set(`supervisord.${name}`, suit(name, method));
  for (const [name, method] of Object.entries(systemMethods(() => table)))
    table.set(`system.${name}`, method);
  return table;
}
