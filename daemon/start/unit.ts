import { dirname, resolve } from "node:path";
import type { Configuration } from "../config/configuration.ts";
import { launchdPlist, type Service, systemdUnit } from "../core/service-unit.ts";
import type { UnitKind } from "./arguments.ts";

/** What a service manager gives a service that names nothing else, in seconds. */
const USUAL_STOP_SECS = 90;

/** What ends beside the programs themselves gets this many seconds. */
const SPARE_SECS = 10;

/** A unit that runs this installation on that configuration; `script` is the file that was executed. */
export function unitOf(kind: UnitKind, script: string, configuration: Configuration): string {
  const isElectron = process.versions.electron !== undefined;
  const service: Service = {
    node: process.execPath,
    script: resolve(script),
    configFile: configuration.file,
    directory: dirname(configuration.file),
    stopSecs: stopSecsOf(configuration),
    scope: process.getuid?.() === 0 ? "system" : "user",
    environment: isElectron ? { ELECTRON_RUN_AS_NODE: "1" } : {},
  };
  return kind === "systemd" ? systemdUnit(service) : launchdPlist(service);
}

/** Groups are stopped one after another, the processes of each side by side; then what they left behind has its own time. */
function stopSecsOf({ groups }: Configuration): number {
  const perGroup = groups.map(({ processes }) =>
    Math.max(0, ...processes.map(({ stopwaitsecs, stopTree }) => stopwaitsecs * (stopTree ? 2 : 1))),
  );
  return Math.max(
    USUAL_STOP_SECS,
    perGroup.reduce((sum, secs) => sum + secs, SPARE_SECS),
  );
}
