import type { Configuration, LogLevel, RpcInterfaceSettings } from "../config/configuration.ts";
import { raiseLimits } from "../io/limits.ts";
import { becomeUser } from "../io/privileges.ts";
import type { Loaded } from "./load.ts";

/** Something to log as soon as there is a log. */
export type Notice = { readonly level: LogLevel; readonly message: string };

const MAIN_RPC_INTERFACE = "supervisor.rpcinterface:make_main_rpcinterface";

const RUNNING_AS_ROOT =
  "Supervisor is running as root.  Privileges were not dropped because no user is specified in the config file.  If you intend to run as root, you can set user=root in the config file to avoid this message.";

/**
 * Becomes the daemon's user and, on the first run, raises limits: nothing may be opened before. Returns what to log,
 * in Supervisor's order: what is critical, then warnings, then the rest. Throws a sentence where it cannot be done.
 */
export function prepareProcess(loaded: Loaded, configuration: Configuration, isFirst: boolean): Notice[] {
  const { uid, minfds, minprocs } = configuration.supervisord;
  const isRoot = uid === null && process.getuid?.() === 0;
  const became = uid === null ? [] : [`Set uid to user ${becomeUser(uid)} succeeded`];
  const raised = isFirst ? raiseLimits({ minfds, minprocs }) : [];
  return [
    ...noticesOf("critical", isRoot ? [RUNNING_AS_ROOT] : []),
    ...noticesOf("warn", [...loaded.warnings, ...configuration.rpcInterfaces.flatMap(explainPlugin)]),
    ...noticesOf("info", [...loaded.includeFiles.map(describeInclude), ...became, ...raised]),
  ];
}

function noticesOf(level: LogLevel, messages: readonly string[]): Notice[] {
  return messages.map((message) => ({ level, message }));
}

function describeInclude(file: string): string {
  return `Included extra file "${file}" during parsing`;
}

/** Whether a section asks for the methods that are built in. */
export function isMainInterface({ name, factory }: RpcInterfaceSettings): boolean {
  return name === "supervisor" && factory === MAIN_RPC_INTERFACE;
}

function explainPlugin(section: RpcInterfaceSettings): string[] {
  const { name, factory } = section;
  if (isMainInterface(section)) return [];
  if (factory === MAIN_RPC_INTERFACE)
    return [`[rpcinterface:${name}] is left out: its methods are there as supervisor.* only`];
  return [
    `[rpcinterface:${name}] is left out: ${factory} is a Python plug-in, which cannot run here. Everything else works; for what happens, clients can follow GET /events`,
  ];
}
