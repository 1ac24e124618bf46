// Where things stand in a clone, so that no other script spells a path twice.
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the clone, absolute. */
export const root = fileURLToPath(new URL("../../../", import.meta.url)).replace(/\/$/, "");

/** The package of the editor tests, with VS Code for the browser. */
export const editorPackage = join(root, "test/editor");

/** The folder of the VS Code server inside that package. */
export const vscodeServer = join(editorPackage, "node_modules/code-server/lib/vscode");

/** The Node that the project brings along; the machine's own may be older. */
export const projectNode = join(root, "node_modules/.bin/node");

/** The daemon's command-line client, as built. */
export const supervisorctl = join(root, "dist/daemon/supervisorctl.cjs");
