import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** Where Supervisor looks for its configuration when none is named, in this order. */
function usualPlaces(executable: string): string[] {
  const beside = dirname(dirname(executable));
  return [
    join(beside, "etc/supervisord.conf"),
    join(beside, "supervisord.conf"),
    "supervisord.conf",
    "etc/supervisord.conf",
    "/etc/supervisord.conf",
    "/etc/supervisor/supervisord.conf",
  ];
}

/** The configuration file to use: the named one, else the first that is there; Supervisor's sentence if there is none. */
export function findConfiguration(
  named: string | null,
  executable: string,
  cwd: string,
): { readonly file: string } | { readonly reason: string } {
  if (named !== null) return { file: resolve(cwd, named) };
  const places = usualPlaces(executable);
  const file = places.find((place) => existsSync(resolve(cwd, place)));
  if (file !== undefined) return { file: resolve(cwd, file) };
  return {
    reason: `No config file found at default paths (${places.join(", ")}); use the -c option to specify a config file at a different path`,
  };
}
