import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the clone, absolute. */
export const root: string = join(fileURLToPath(import.meta.url), "../../../..");

/** The Node that VS Code's server is made for. */
export const projectNode: string = join(root, "node_modules/.bin/node");
