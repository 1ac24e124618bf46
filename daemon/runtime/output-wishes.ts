import { isUtf8 } from "node:buffer";
import type { ProcessSettings } from "../config/configuration.ts";
import { repr } from "../config/python/repr.ts";
import { communicationEvent, type EventSource, logEvent } from "../core/events/payloads.ts";
import { reprBytes, undecodable } from "../core/events/text.ts";
import type { LogChannel } from "../protocol/event-stream.ts";
import type { OutputWishes } from "./output.ts";
import type { RouteWishes } from "./output-route.ts";
import type { Surroundings } from "./process-runner.ts";

/** What is known of the process whose output it is. */
type Owner = {
  readonly source: () => EventSource;
  /** Reads the protocol of an event listener on stdout; null elsewhere. */
  readonly onRead: ((data: Buffer) => void) | null;
};

/** Where a channel's output goes beside its log, by the settings of its program. */
export function outputWishes(
  settings: ProcessSettings,
  channel: LogChannel,
  around: Surroundings,
  owner: Owner,
): OutputWishes {
  const onFailure = (message: string) => around.log("error", message);
  const { onRead } = owner;
  if (onRead !== null) return { onFailure, ...protocolWishes(settings.name, around, onRead) };
  const { captureMaxbytes, eventsEnabled, syslog } = settings[channel];
  const route: RouteWishes = {
    stripsAnsi: around.stripsAnsi,
    captureMaxbytes,
    onOutput:
      eventsEnabled || around.debugs
        ? (data) => tellOutput(around, channel, owner.source(), eventsEnabled, data)
        : null,
    onMessage: (data) => tellMessage(around, channel, owner.source(), data),
    syslog: syslog ? (text) => logLines(around, settings.name, text) : null,
  };
  const isPlain =
    !route.stripsAnsi && captureMaxbytes === 0 && route.onOutput === null && route.syslog === null;
  return { onFailure, onRead, route: isPlain ? null : route };
}

/** A listener's stdout is its protocol: Supervisor neither captures it, nor makes events of it, nor sends it to syslog. */
function protocolWishes(
  name: string,
  { log, debugs, stripsAnsi }: Surroundings,
  onRead: (data: Buffer) => void,
): Pick<OutputWishes, "onRead" | "route"> {
  const tell = (data: Buffer) => {
    if (debugs) log("debug", `${repr(name)} stdout output:\n${reprBytes(data)}`);
    onRead(data);
  };
  const nothing = { captureMaxbytes: 0, onOutput: null, onMessage: () => {}, syslog: null };
  return { onRead: tell, route: stripsAnsi ? { stripsAnsi, ...nothing } : null };
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
