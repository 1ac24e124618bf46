import type { Configuration, LogSettings, ProcessSettings } from "../../config/configuration.ts";
import type { XmlRpcValue } from "../../xml-rpc/value.ts";

/** What `getAllConfigInfo` answers: every process of a configuration, by name. `none` stands for what is not set. */
export function configInfo(configuration: Configuration, inUse: ReadonlySet<string>): XmlRpcValue {
  const infos = configuration.groups.flatMap((group) =>
    group.processes.map((process) => ({
      ...processInfo(process),
      group: group.name,
      group_prio: group.priority,
      inuse: inUse.has(group.name),
    })),
  );
  return infos.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

function processInfo(process: ProcessSettings) {
  const { uid } = process;
  return {
    name: process.name,
    process_prio: process.priority,
    command: process.command,
    directory: process.directory ?? "none",
    uid: uid === null ? "none" : uid.kind === "id" ? uid.id : uid.name,
    autostart: process.autostart,
    exitcodes: process.exitcodes,
    killasgroup: process.killasgroup,
    redirect_stderr: process.redirectStderr,
    startretries: process.startretries,
    startsecs: process.startsecs,
    stopsignal: process.stopsignal,
    stopwaitsecs: process.stopwaitsecs,
    serverurl: process.serverurl ?? "none",
    ...channelInfo("stdout", process.stdout),
    ...channelInfo("stderr", process.stderr),
  };
}

function channelInfo(channel: "stdout" | "stderr", log: LogSettings): Readonly<Record<string, XmlRpcValue>> {
  return {
    [`${channel}_logfile`]: log.logfile === "AUTO" ? "auto" : (log.logfile ?? "none"),
    [`${channel}_logfile_maxbytes`]: log.maxbytes,
    [`${channel}_logfile_backups`]: log.backups,
    [`${channel}_capture_maxbytes`]: log.captureMaxbytes,
    [`${channel}_events_enabled`]: log.eventsEnabled,
    [`${channel}_syslog`]: log.syslog,
  };
}
