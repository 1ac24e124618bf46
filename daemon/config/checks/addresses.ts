import type { HttpServerSettings } from "../configuration.ts";
import type { Context } from "../context.ts";
import { replaceValue, surely } from "../edits.ts";
import { toEnvironment } from "../environment.ts";
import { report } from "../findings.ts";
import { valuePlace } from "../option-text.ts";
import { say } from "../say.ts";
import { type Stored, storedOption } from "../store.ts";
import { toInteger } from "../values.ts";
import { commandOf, convertedOf, effective, given, type ProgramView, textOf } from "./program-view.ts";

/** A port or socket that a section is told to listen on, such as `port 8000`, and where that is written. */
export type Address = { readonly section: string; readonly address: string; readonly stored: Stored };

/** Servers that anybody may use, and addresses that two of the configuration's servers and programs want. */
export function checkAddresses(
  context: Context,
  servers: readonly HttpServerSettings[],
  programs: readonly Address[],
): void {
  for (const server of servers) checkOpen(context, server);
  const all = servers.flatMap((server) => ofServer(context, server)).concat(programs);
  const names = all.map(({ address }) => address);
  if (context.memo?.addresses.isKnown(names) === true) return;
  const owners = new Map<string, Address>();
  for (const taken of all) {
    const other = owners.get(taken.address);
    if (other === undefined) owners.set(taken.address, taken);
    else if (other.section !== taken.section) tellTaken(context, taken, other);
  }
  context.memo?.addresses.learn(names, owners.size === names.length);
}

/** What a program is plainly told to listen on; its processes must not all be told the same. */
export function addressesOf(program: ProgramView): readonly Address[] {
  const section = program.section.name;
  const ports = portOf(program);
  if (ports !== null) checkProcesses(program, ports);
  const port = ports === null ? [] : [{ section, address: `port ${ports.port}`, stored: ports.stored }];
  return program.kind === "fcgi-program" ? [...port, ...socketOf(program)] : port;
}

function socketOf(program: ProgramView): Address[] {
  const option = effective(program, "socket");
  const url = SOCKET.exec(option?.text ?? "");
  if (option === null || url === null) return [];
  const address = url[1] === undefined ? `port ${url[2]}` : `socket ${url[1]}`;
  return [{ section: program.section.name, address, stored: option.stored }];
}

const SOCKET = /^(?:unix:\/\/(\/.+)|tcp:\/\/[^:/]+:(\d+))$/;

function checkOpen(context: Context, server: HttpServerSettings): void {
  if (server.username !== null) return;
  if (server.family === "unix") checkMode(context, server);
  else checkPort(context, server);
}

function checkPort(context: Context, server: HttpServerSettings & { family: "inet" }): void {
  if (!OPEN_HOSTS.has(server.host)) return;
  const stored = serverOption(context, server);
  if (stored === null || server.port === 0) return;
  report(context.findings, {
    code: "server.open",
    severity: "warning",
    message: say`Everybody on the network can start commands through port ${server.port}: listen on 127.0.0.1, or set username and password.`,
    ...valuePlace(stored),
    fixes: surely(say`Listen on 127.0.0.1 only`, replaceValue(stored, `127.0.0.1:${server.port}`)),
  });
}

/** Whoever may write to a socket may connect to it. */
function checkMode(
  context: Context,
  { section: name, chmod }: HttpServerSettings & { family: "unix" },
): void {
  const section = context.store.sections.get(name);
  const stored = section === undefined ? null : storedOption(context.store, section, "chmod");
  if (stored === null || (chmod & 0o002) === 0) return;
  const mode = (chmod & 0o770).toString(8).padStart(4, "0");
  report(context.findings, {
    code: "server.open",
    severity: "warning",
    message: say`Every user of this machine can start commands through this socket: use ${mode}, with chown for a group that may.`,
    ...valuePlace(stored),
    fixes: surely(say`Keep other users out`, replaceValue(stored, mode)),
  });
}

const OPEN_HOSTS: ReadonlySet<string> = new Set(["", "0.0.0.0", "::", "[::]"]);

function serverOption(context: Context, server: HttpServerSettings): Stored | null {
  const section = context.store.sections.get(server.section);
  const option = server.family === "unix" ? "file" : "port";
  return section === undefined ? null : storedOption(context.store, section, option);
}

function ofServer(context: Context, server: HttpServerSettings): Address[] {
  const stored = serverOption(context, server);
  const address = server.family === "unix" ? `socket ${server.file}` : `port ${server.port}`;
  return stored === null ? [] : [{ section: server.section, address, stored }];
}

type Port = { readonly port: string; readonly stored: Stored };

const PORT_ARGUMENT =
  /(?:^|\s)(?:--port[= ]|--(?:bind|listen)[= ][^\s:]*:|-[bS] ?[^\s:]*:|http\.server )(\d{2,5})(?=\s|$)/;

function portOf(program: ProgramView): Port | null {
  const command = commandOf(program);
  const argument = PORT_ARGUMENT.exec(command?.text ?? "")?.[1];
  if (command !== null && argument !== undefined) return { port: argument, stored: command.stored };
  const environment = given(program, "environment");
  const text = textOf(program, "environment");
  if (environment === null || text === null) return null;
  const variables = toEnvironment(text, program.context.dialect);
  const port = "value" in variables ? variables.value.get("PORT") : undefined;
  return port !== undefined && /^\d{2,5}$/.test(port) ? { port, stored: environment } : null;
}

function tellTaken(context: Context, { address, stored }: Address, other: Address): void {
  const isPort = address.startsWith("port ");
  const value = address.slice(address.indexOf(" ") + 1);
  report(context.findings, {
    code: isPort ? "port.taken" : "socket.taken",
    severity: "warning",
    message: isPort
      ? say`Port ${value} is taken by [${other.section}]: only one of the two could listen on it.`
      : say`The socket ${value} is taken by [${other.section}]: only one of the two could listen on it.`,
    ...valuePlace(stored),
    related: [{ ...valuePlace(other.stored), message: say`The address of [${other.section}]` }],
  });
}

/** Several processes of one program are told to listen on one port. */
function checkProcesses(program: ProgramView, { port, stored }: Port): void {
  const numprocs = convertedOf(program, "numprocs", toInteger, 1n);
  if (numprocs < 2n || stored.value.includes("%(process_num)")) return;
  report(program.context.findings, {
    code: "port.taken",
    severity: "warning",
    message: say`All ${Number(numprocs)} processes would listen on port ${port}: only one of them could.`,
    ...valuePlace(stored),
  });
}
