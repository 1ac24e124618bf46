import type { Configuration, GroupSettings, HttpServerSettings } from "../config/configuration.ts";
import { wantedPorts } from "../core/wanted-ports.ts";
import type { Plan, PlannedProgram } from "../protocol/plan.ts";
import { maskInertSecrets } from "../protocol/secrets.ts";
import type { FindCommand, Loaded } from "./load.ts";

/** What starting a configuration would run. */
export function planOf({
  loaded,
  findCommand,
}: {
  readonly loaded: Loaded;
  readonly findCommand: FindCommand;
}): Plan {
  const { configuration } = loaded;
  return {
    configFile: loaded.file,
    digest: configuration === null ? null : loaded.digest,
    programs:
      configuration === null ? [] : configuration.groups.flatMap((group) => programsOf(group, findCommand)),
    problems: loaded.problems,
    refusal: loaded.refusal,
    ownServer: configuration === null ? null : ownServer(configuration),
    files: loaded.files,
  };
}

/** The address at which clients on this machine reach a server of the configuration: the socket before the port. */
export function ownServer(configuration: Configuration): string | null {
  const servers = configuration.httpServers;
  const server = servers.find(({ family }) => family === "unix") ?? servers[0];
  return server === undefined ? null : addressOf(server);
}

function addressOf(server: HttpServerSettings): string {
  if (server.family === "unix") return `unix://${server.file}`;
  return `http://${server.host === "" || server.host === "0.0.0.0" ? "127.0.0.1" : server.host}:${server.port}`;
}

function programsOf(group: GroupSettings, findCommand: FindCommand): PlannedProgram[] {
  return group.processes.map((process) => ({
    group: group.name,
    name: process.name,
    command: maskInertSecrets(process.command),
    directory: process.directory,
    user: process.uid === null ? null : process.uid.kind === "id" ? String(process.uid.id) : process.uid.name,
    autostart: process.autostart,
    ports: wantedPorts(process.command, process.environment),
    place: findCommand({ group: group.name, name: process.name }),
  }));
}
