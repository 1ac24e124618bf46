import { existsSync } from "node:fs";
import { connect } from "node:net";
import { dirname } from "node:path";
import { distrust } from "../client/private-folder.ts";

export type ServerChoice = {
  /** The URL that the command line or the configuration names; null for none. */
  readonly named: string | null;
  /** Whether it was on the command line. */
  readonly insisted: boolean;
  /** The socket on which a daemon of ours answers for the configuration; null without a configuration. */
  readonly controlSocket: string | null;
};

/** The server that is spoken to when nothing names one. */
const DEFAULT_SERVER_URL = "http://localhost:9001";

/**
 * The URL to speak to: the named one, but where nobody listens there, or none is named, the daemon of ours
 * that runs for the configuration, if there is one.
 */
export async function chooseServer({ named, insisted, controlSocket }: ServerChoice): Promise<string> {
  const usual = named ?? DEFAULT_SERVER_URL;
  if (insisted || controlSocket === null || !existsSync(controlSocket)) return usual;
  // Whoever made the folder could pose as the daemon, and be told the password.
  if (distrust(dirname(controlSocket)) !== null) return usual;
  if (named !== null && (await isListening(named))) return usual;
  const control = `unix://${controlSocket}`;
  return (await isListening(control)) ? control : usual;
}

function isListening(url: string): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const target = targetOf(url);
  if (target === null) return Promise.resolve(false);
  const socket = connect({ ...target, timeout: 2_000 });
  socket.once("connect", () => resolve(true));
  socket.once("timeout", () => resolve(false));
  socket.once("error", () => resolve(false));
  return promise.finally(() => socket.destroy());
}

function targetOf(url: string): { path: string } | { host: string; port: number } | null {
  if (url.startsWith("unix://")) return { path: url.slice("unix://".length) };
  const parsed = URL.parse(url);
  return (
    parsed && {
      host: parsed.hostname,
      port: Number(parsed.port || (parsed.protocol === "https:" ? 443 : 80)),
    }
  );
}
