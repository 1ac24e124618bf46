import type { HttpServerSettings, SupervisorctlSettings } from "../configuration.ts";
import type { Context } from "../context.ts";
import { scopeOf } from "../context.ts";
import { folderMade, replaceValue, surely } from "../edits.ts";
import { report } from "../findings.ts";
import { serverUrl } from "../http-servers.ts";
import { placeOf } from "../options.ts";
import { say } from "../say.ts";
import type { StoredSection } from "../store.ts";

/** A unix socket's path has room for this many bytes. */
const LONGEST_SOCKET = 107;
const MAIN_FACTORY = "supervisor.rpcinterface:make_main_rpcinterface";

/** Servers that would not start, or that `supervisorctl` would not find. */
export function checkServers(
  context: Context,
  servers: readonly HttpServerSettings[],
  supervisorctl: SupervisorctlSettings | null,
): void {
  const sections = servers.flatMap(({ section }) => context.store.sections.get(section) ?? []);
  checkInterface(context, sections[0]);
  servers.forEach((server, index) => {
    const section = sections[index];
    if (section !== undefined && server.family === "unix") checkSocket(context, section, server.file);
  });
  if (supervisorctl !== null) checkClient(context, servers, supervisorctl);
}

function checkInterface(context: Context, server: StoredSection | undefined): void {
  const names = [...context.store.sections.keys()];
  const place = server?.places[0];
  if (place === undefined || names.some((name) => name.startsWith("rpcinterface:"))) return;
  const document = context.documents.get(place.file);
  const end = document?.text.length ?? 0;
  const lead = document === undefined || /[\r\n]$/.test(document.text) ? "\n" : "\n\n";
  const newText = `${lead}[rpcinterface:supervisor]\nsupervisor.rpcinterface_factory = ${MAIN_FACTORY}\n`;
  report(context.findings, {
    code: "rpcinterface.missing",
    severity: "warning",
    message: say`Without [rpcinterface:supervisor] the server answers no command: supervisorctl gets UNKNOWN_METHOD.`,
    ...place,
    fixes: surely(say`Add [rpcinterface:supervisor]`, {
      file: place.file,
      range: { start: end, end },
      newText,
    }),
  });
}

function checkSocket(context: Context, section: StoredSection, path: string): void {
  const place = placeOf(scopeOf(context, section), "file");
  const bytes = encodeURIComponent(path).replace(/%[0-9A-F]{2}/g, "x").length;
  if (bytes > LONGEST_SOCKET) {
    report(context.findings, {
      code: "socket.too-long",
      severity: "error",
      message: say`The path of a unix socket may have ${LONGEST_SOCKET} bytes; this one has ${bytes}.`,
      ...place,
    });
  }
  const directory = path.slice(0, path.lastIndexOf("/")) || "/";
  if (context.lenient || context.machine.isDirectory(directory)) return;
  report(context.findings, {
    code: "socket.no-directory",
    severity: "error",
    message: say`There is no directory ${directory} for the socket, so supervisord could not start.`,
    ...place,
    fixes: folderMade(directory),
  });
}

function checkClient(
  context: Context,
  servers: readonly HttpServerSettings[],
  { serverurl }: SupervisorctlSettings,
): void {
  const section = context.store.sections.get("supervisorctl");
  const own = serverUrl(servers);
  if (section === undefined || own === null || reaches(servers, serverurl)) return;
  const stored = section.options.get("serverurl");
  if (stored === undefined || serverurl.includes("%(")) return;
  report(context.findings, {
    code: "supervisorctl.serverurl",
    severity: "warning",
    message: say`supervisorctl would look for ${serverurl}, but this configuration's server is at ${own}.`,
    ...placeOf(scopeOf(context, section), "serverurl"),
    fixes: surely(say`Write ${own}`, replaceValue(stored, own)),
  });
}

const LOCAL: ReadonlySet<string> = new Set(["", "localhost", "127.0.0.1", "0.0.0.0", "::1", "[::1]"]);

/** Whether a client's URL leads to one of the servers, as far as can be told; other hosts are not judged. */
function reaches(servers: readonly HttpServerSettings[], url: string): boolean {
  const match = /^http:\/\/(.*?)(?::(\d+))?\/?$/.exec(url);
  const host = match?.[1] ?? "";
  if (match !== null && !LOCAL.has(host)) return true;
  const port = Number(match?.[2] ?? 80);
  return servers.some((server) =>
    server.family === "unix" ? url === `unix://${server.file}` : match !== null && server.port === port,
  );
}
