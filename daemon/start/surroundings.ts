import { randomBytes } from "node:crypto";
import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { daemonKey, type RuntimeFolder } from "../client/runtime-folder.ts";
import type { ProcessSettings, SupervisordSettings } from "../config/configuration.ts";
import type { ProcessRecord } from "../core/journal/record.ts";
import { formatMarker, RUN_VARIABLE } from "../core/run-marker.ts";
import { envFileVariables } from "../io/env-files.ts";
import type { Surroundings } from "../runtime/process-surroundings.ts";

/** Variables of the editor's own runtime that no program may inherit. */
const NOT_INHERITED = ["ELECTRON_RUN_AS_NODE", "NODE_CHANNEL_FD", "NODE_CHANNEL_SERIALIZATION_MODE"];

/** Files, folders and variables that processes are given. */
export function surroundingsOf(
  settings: SupervisordSettings,
  folder: RuntimeFolder,
  serverUrl: string | null,
  recalledLogs: (group: string, process: string) => ProcessRecord["logs"] | null,
  log: Surroundings["log"],
): Pick<Surroundings, "log" | "marker" | "environment" | "fifo" | "logfile"> {
  const daemon = daemonKey(folder);
  return {
    log,
    marker: (group, name) => formatMarker({ daemon, group, name, run: randomBytes(6).toString("hex") }),
    environment: (process, group, marker) => environmentOf(process, group, serverUrl, marker),
    fifo: (group, process, stream) => join(folder.fifos, `${fileName(group)}.${fileName(process)}.${stream}`),
    logfile: (group, process, channel) => {
      const { logfile } = process[channel];
      if (logfile !== "AUTO") return logfile;
      return recalledLogs(group, process.name)?.[channel] ?? autoLogfile(settings, process.name, channel);
    },
  };
}

/** Removes the AUTO logs that an earlier run of the same identifier left, but none that is `kept`, nor its backups. */
export function removeOldAutoLogs(
  settings: SupervisordSettings,
  kept: ReadonlySet<string>,
  warn: (message: string) => void,
): void {
  const mark = `---${settings.identifier}-`;
  const isOld = (name: string) => {
    const at = name.indexOf(mark);
    const path = join(settings.childlogdir, name).replace(/\.\d+$/, "");
    return at > 0 && /^\S+\.log/.test(name.slice(at + mark.length)) && !kept.has(path);
  };
  try {
    for (const name of readdirSync(settings.childlogdir).filter(isOld)) {
      rmSync(join(settings.childlogdir, name), { force: true });
    }
  } catch (error) {
    warn(`could not remove old logs from ${settings.childlogdir}: ${String(error)}`);
  }
}

function environmentOf(
  settings: ProcessSettings,
  group: string,
  serverUrl: string | null,
  marker: string,
): Record<string, string> {
  const url = settings.serverurl ?? serverUrl;
  const environment: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined && !NOT_INHERITED.includes(name)) environment[name] = value;
  }
  return {
    ...environment,
    SUPERVISOR_ENABLED: "1",
    ...(url === null ? {} : { SUPERVISOR_SERVER_URL: url }),
    SUPERVISOR_PROCESS_NAME: settings.name,
    SUPERVISOR_GROUP_NAME: group,
    ...settings.environment,
    ...envFileVariables(settings.envFiles),
    [RUN_VARIABLE]: marker,
  };
}

/** As Supervisor names them, `web-stdout---supervisor-k3j9x2ab.log`; there from the start, and nobody else's to read. */
function autoLogfile(settings: SupervisordSettings, name: string, channel: string): string {
  const unique = randomBytes(4).toString("hex");
  const file = `${name.replaceAll("/", "-")}-${channel}---${settings.identifier}-${unique}.log`;
  const path = join(settings.childlogdir, file);
  makeEmptyFile(path);
  return path;
}

function makeEmptyFile(path: string): void {
  try {
    writeFileSync(path, "", { mode: 0o600, flag: "wx" });
  } catch {
    // Where it cannot be written the program says so when it starts.
    return;
  }
}

/** A name as a part of a file's name: a slash in it must not lead elsewhere. */
function fileName(name: string): string {
  return encodeURIComponent(name);
}
