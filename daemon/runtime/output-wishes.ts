import { isUtf8 } from "node:buffer";
import type { ProcessSettings } from "../config/configuration.ts";
import { repr } from "../config/python/repr.ts";
import { communicationEvent, type EventSource, logEvent } from "../core/events/payloads.ts";
import { reprBytes, undecodable } from "../core/events/text.ts";
import type { LogChannel } from "../protocol/event-stream.ts";
import type { OutputWishes } from "./output.ts";
import type { Surroundings } from "./process-surroundings.ts";

/** What is known of the process whose output it is. */
type Owner = {
  readonly group: string;
  readonly source: () => EventSource;
  /** Reads the protocol of an event listener on stdout; null elsewhere. */
  readonly onRead: ((data: Buffer) => void) | null;
  readonly onEnded: () => void;
};

/** Where a channel's output goes beside its log, by the settings of its program. */
export function outputWishes(
  settings: ProcessSettings,
  channel: LogChannel,
  around: Surroundings,
  owner: Owner,
): OutputWishes {
  const { onRead, onEnded, group } = owner;
  const where = `${group}:${settings.name}`;
  const shared = {
    onFault: (name: string, message: string | null) =>
      around.setFault(`${where}:${channel}:${name}`, message, where),
    onEnded,
    stripsAnsi: around.stripsAnsi,
  };
  // A listener's stdout is its protocol: Supervisor neither captures it, nor makes events of it, nor sends it to syslog.
  if (onRead !== null)
    return {
      ...shared,
      captureMaxbytes: 0,
      onPiece: { raw: (data) => tellProtocol(around, settings.name, onRead, data) },
    };
  const { captureMaxbytes } = settings[channel];
  return { ...shared, captureMaxbytes, onPiece: piecesFor(settings, channel, around, owner.source) };
}

/** Only what somebody asks for: all else goes straight to the log. */
function piecesFor(
  settings: ProcessSettings,
  channel: LogChannel,
  around: Surroundings,
  source: () => EventSource,
): OutputWishes["onPiece"] {
  const { captureMaxbytes, eventsEnabled, syslog } = settings[channel];
  const isTold = eventsEnabled || around.debugs;
  const tell = (data: Buffer) => {
    if (isTold) tellOutput(around, channel, source(), eventsEnabled, data);
  };
  const log = (data: Buffer) => {
    if (syslog) logLines(around, settings.name, data.toString());
  };
  return {
    ...(isTold || syslog
      ? {
          outside: (data) => {
            log(data);
            tell(data);
          },
        }
      : {}),
    ...(syslog ? { rest: log } : {}),
    ...(isTold ? { inside: tell } : {}),
    ...(captureMaxbytes > 0 ? { message: (data) => tellMessage(around, channel, source(), data) } : {}),
  };
}

function tellProtocol(
  { log, debugs }: Surroundings,
  name: string,
  onRead: (data: Buffer) => void,
  data: Buffer,
): void {
  if (debugs) log("debug", `${repr(name)} stdout output:\n${reprBytes(data)}`);
  onRead(data);
}

function tellOutput(
  { bus, log, debugs }: Surroundings,
  channel: LogChannel,
  source: EventSource,
  eventsEnabled: boolean,
  data: Buffer,
): void {
  if (debugs) log("debug", `${repr(source.name)} ${channel} output:\n${textOf(data)}`);
  if (!eventsEnabled || !bus.wants(channel === "stdout" ? "PROCESS_LOG_STDOUT" : "PROCESS_LOG_STDERR"))
    return;
  bus.notify(logEvent(source, channel, textOf(data)));
}

function tellMessage(
  { bus, log }: Surroundings,
  channel: LogChannel,
  source: EventSource,
  data: Buffer,
): void {
  bus.notify(communicationEvent(source, channel, textOf(data)));
  log("debug", `${repr(source.name)} ${channel} emitted a comm event`);
}

function textOf(data: Buffer): string {
  return isUtf8(data) ? data.toString() : undecodable(data);
}

/** As Supervisor writes them: a line each, after the name of the process. */
function logLines({ syslog }: Surroundings, name: string, text: string): void {
  for (const line of text.replace(/\n+$/, "").split("\n")) syslog(`${name} ${line}`);
}
