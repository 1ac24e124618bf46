/** The options of an output channel of a program, by what they set: ready-made, as there are many programs. */
export type ChannelOptions = {
  readonly channel: "stdout" | "stderr";
  readonly logfile: string;
  readonly maxbytes: string;
  readonly backups: string;
  readonly captureMaxbytes: string;
  readonly eventsEnabled: string;
  readonly syslog: string;
};

/** The standard output of a program. */
export const STDOUT = optionsOf("stdout");

/** The standard error output of a program. */
export const STDERR = optionsOf("stderr");

function optionsOf(channel: ChannelOptions["channel"]): ChannelOptions {
  return {
    channel,
    logfile: `${channel}_logfile`,
    maxbytes: `${channel}_logfile_maxbytes`,
    backups: `${channel}_logfile_backups`,
    captureMaxbytes: `${channel}_capture_maxbytes`,
    eventsEnabled: `${channel}_events_enabled`,
    syslog: `${channel}_syslog`,
  };
}
