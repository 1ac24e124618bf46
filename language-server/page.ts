import { existsSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

/** The URI of the page that explains all codes, which stands beside the program in its package; null where it does not. */
export function explanationsBeside(program: string): string | null {
  const page = join(dirname(realpathSync(program)), "../../language-server/DIAGNOSTICS.md");
  return existsSync(page) ? pathToFileURL(page).href : null;
}
