import type { FcgiSocketSettings, UserRef } from "./configuration.ts";
import { type Scope, scopeOf } from "./context.ts";
import { refuse } from "./findings.ts";
import { groupCheck, normalizePath, userCheck } from "./machine-values.ts";
import { addition } from "./option-fixes.ts";
import { optionText, placeOf, readOption } from "./options.ts";
import { readUser } from "./program.ts";
import { repr } from "./python/repr.ts";
import { SPACE } from "./python/text.ts";
import { type Message, say } from "./say.ts";
import { type Converted, toInteger, toOctal, toOwner, toPort } from "./values.ts";

type Owner = { readonly user: UserRef; readonly group: UserRef | null } | null;
type UnixOwner = { readonly user: UserRef; readonly group: UserRef | "primary" | null } | null;

/** The socket of a FastCGI program. */
export function readFcgiSocket(scope: Scope, programName: string): FcgiSocketSettings {
  const user = readUser(scope);
  const backlog = readBacklog(scope);
  const owner = readOption<Owner>(scope, "socket_owner", toSocketOwner(scope), null);
  const mode = readOption<number | null>(scope, "socket_mode", toSocketMode, null);
  const names = new Map([
    ["program_name", programName],
    ["here", scope.context.here],
  ]);
  const socketScope = scopeOf(scope.context, scope.section, names);
  const option = optionText(socketScope, "socket");
  const url = option?.text ?? "";
  if (url === "") return refuseWithoutSocket(scope, backlog);
  const socket = url.startsWith("unix://")
    ? unixSocket(scope, url, owner ?? ownerFromUser(user), mode ?? 0o700, backlog)
    : inetSocket(url, owner !== null || mode !== null, backlog);
  if ("value" in socket) return socket.value;
  refuse(scope.context.findings, {
    code: "value.socket-url",
    severity: "error",
    message: explain(socket.error, url),
    ...placeOf(scope, "socket"),
    upstream: `${socket.error} in [${scope.section.name}] socket`,
  });
  return nowhere(backlog);
}

function readBacklog(scope: Scope): number | null {
  const backlog = readOption<bigint | null>(scope, "socket_backlog", toInteger, null);
  if (backlog !== null && (backlog < 1n || backlog > 65535n)) {
    refuse(scope.context.findings, {
      code: "fcgi.backlog",
      severity: "error",
      message: say`socket_backlog must be from 1 to 65535.`,
      ...placeOf(scope, "socket_backlog"),
      upstream: `Invalid socket_backlog value ${backlog}`,
    });
  }
  return backlog === null ? null : Number(backlog);
}

function toSocketOwner(scope: Scope): (text: string) => Converted<Owner> {
  return (text) => {
    const owner = toOwner(text, userCheck(scope.context), groupCheck(scope.context));
    return "value" in owner ? owner : { error: `Invalid socket_owner value ${text}` };
  };
}

function toSocketMode(text: string): Converted<number> {
  const mode = toOctal(text);
  return "value" in mode ? mode : { error: `Invalid socket_mode value ${text}` };
}

/** The socket belongs to the program's user, unless that is root itself. */
function ownerFromUser(user: UserRef | null): UnixOwner {
  if (user === null || (user.kind === "id" && user.id === 0)) return null;
  return { user, group: "primary" };
}

function unixSocket(
  scope: Scope,
  url: string,
  owner: UnixOwner,
  mode: number,
  backlog: number | null,
): Converted<FcgiSocketSettings> {
  const given = url.slice("unix://".length);
  if (!given.startsWith("/")) {
    return { error: `('Unix socket path %s is not an absolute path', ${repr(given)})` };
  }
  const path = normalizePath(scope.context, given);
  return { value: { family: "unix", url: `unix://${path}`, path, mode, owner, backlog } };
}

const TCP = new RegExp(`^tcp://((?:(?!${SPACE})[^:])+):(\\p{Nd}+)\\n?$`, "u");

function inetSocket(
  url: string,
  hasUnixOptions: boolean,
  backlog: number | null,
): Converted<FcgiSocketSettings> {
  if (hasUnixOptions) {
    return { error: "socket_owner and socket_mode params should only be used with a Unix domain socket" };
  }
  const match = TCP.exec(url);
  if (match === null) return { error: `('Bad socket format %s', ${repr(url)})` };
  const host = (match[1] ?? "").toLowerCase();
  const port = toPort(match[2] ?? "");
  if ("error" in port) return port;
  return { value: { family: "inet", url: `tcp://${host}:${port.value}`, host, port: port.value, backlog } };
}

function explain(error: string, url: string): Message {
  if (error.startsWith("socket_owner"))
    return say`socket_owner and socket_mode go with a unix:// socket only.`;
  if (url.startsWith("unix://"))
    return say`The path of a unix socket must be absolute: unix:///path/to/socket.`;
  return say`${JSON.stringify(url)} is no socket: write unix:///path/to/socket or tcp://HOST:PORT.`;
}

function refuseWithoutSocket(scope: Scope, backlog: number | null): FcgiSocketSettings {
  refuse(scope.context.findings, {
    code: "option.required",
    severity: "error",
    message: say`[${scope.section.name}] needs a socket: add socket=unix:///path/to/socket or socket=tcp://HOST:PORT.`,
    ...placeOf(scope, "socket"),
    fixes: addition(scope, "socket", "unix://%(here)s/%(program_name)s.sock"),
    upstream: `[${scope.section.name}] section requires a "socket" line`,
  });
  return nowhere(backlog);
}

/** Stands in where the socket cannot be read, so that reading goes on. */
function nowhere(backlog: number | null): FcgiSocketSettings {
  return { family: "inet", url: "", host: "", port: 0, backlog };
}
