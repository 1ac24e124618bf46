import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";

/** Where Supervisor looks for its configuration when none is named, in this order. */
function usualPlaces(executable: string, cwd: string): string[] {
  const beside = dirname(executable);
  return [
    resolve(beside, "../etc/supervisord.conf"),
    resolve(beside, "../supervisord.conf"),
    resolve(cwd, "supervisord.conf"),
    resolve(cwd, "etc/supervisord.conf"),
    "/etc/supervisord.conf",
    "/etc/supervisor/supervisord.conf",
  ];
}

/** The configuration file to use: the named one, else the first that is there; a sentence if there is none. */
export function findConfiguration(
  named: string | null,
  executable: string,
  cwd: string,
): { readonly file: string } | { readonly reason: string } {
  if (named !== null) return { file: resolve(cwd, named) };
  const places = usualPlaces(executable, cwd);
  const file = places.find((place) => existsSync(place));
  if (file !== undefined) return { file };
  const list = places.join(", ");
  return {
    reason: `No config file found at default paths (${list}); use the -c option to specify a config file at a different path`,
  };
}
