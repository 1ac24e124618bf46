import type { LogSettings, ProcessSettings } from "../../config/configuration.ts";
import { findAccount } from "../../io/users.ts";
import type { ProcessRunner } from "../../runtime/process-runner.ts";
import type { Supervisor } from "../../runtime/supervisor.ts";
import type { XmlRpcValue } from "../../xml-rpc/value.ts";

/** What `getAllConfigInfo` answers: every process of the configuration that was read last, by name. `none` stands for what is not set. */
export function configInfo(supervisor: Supervisor): XmlRpcValue {
  const infos = supervisor.configuration.groups.flatMap((group) => {
    const inForce = supervisor.groups.get(group.name);
    return group.processes.map((process) => {
      const runner = inForce?.runners.get(process.name);
      return {
        ...processInfo(process),
        // Only the group that was made of this reading knows what AUTO has become.
        ...logInfo(process, runner?.settings === process ? runner : null),
        group: group.name,
        group_prio: group.priority,
        inuse: inForce !== undefined,
      };
    });
  });
  return infos.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

function processInfo(process: ProcessSettings) {
  const { uid } = process;
  return {
    name: process.name,
    process_prio: process.priority,
    command: process.command,
    directory: process.directory ?? "none",
    uid: uid === null ? "none" : uid.kind === "id" ? uid.id : (findAccount(uid)?.uid ?? uid.name),
    autostart: process.autostart,
    exitcodes: process.exitcodes,
    killasgroup: process.killasgroup,
    redirect_stderr: process.redirectStderr,
    startretries: process.startretries,
    startsecs: process.startsecs,
    stopsignal: process.stopsignal,
    stopwaitsecs: process.stopwaitsecs,
    serverurl: process.serverurl ?? "none",
  };
}

function logInfo(process: ProcessSettings, runner: ProcessRunner | null) {
  return {
    ...channelInfo("stdout", process.stdout, runner?.stdout.logfile ?? null),
    ...channelInfo("stderr", process.stderr, runner?.stderr?.logfile ?? null),
  };
}

function channelInfo(
  channel: "stdout" | "stderr",
  log: LogSettings,
  file: string | null,
): Readonly<Record<string, XmlRpcValue>> {
  return {
    [`${channel}_logfile`]: log.logfile === "AUTO" ? (file ?? "auto") : (log.logfile ?? "none"),
    [`${channel}_logfile_maxbytes`]: log.maxbytes,
    [`${channel}_logfile_backups`]: log.backups,
    [`${channel}_capture_maxbytes`]: log.captureMaxbytes,
    [`${channel}_events_enabled`]: log.eventsEnabled,
    [`${channel}_syslog`]: log.syslog,
  };
}
