import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inject } from "vitest";
import { freePort } from "../../helpers/free-port.ts";
import { projectNode, root } from "./places.ts";
import { run } from "./run.ts";

/** VS Code's server with the extension in it, on a port of its own. */
export type EditorServer = {
  readonly url: string;
  /** Ends the server and everything it started, save the daemon, which has a session of its own. */
  readonly end: () => Promise<void>;
};

type Options = {
  /** Where all its data goes. */
  readonly folder: string;
  readonly settings: Readonly<Record<string, unknown>>;
  /** False leaves each folder in Restricted Mode until somebody trusts it. */
  readonly trusted: boolean;
  /** Whether pages may load the extension from the clone, with tests inside its host; no notification is shown then. */
  readonly driven: boolean;
};

const MAIN = join(root, "test/editor/node_modules/code-server/lib/vscode/out/server-main.js");

/**
 * In the form in which the editor itself writes them: what has an older one it rewrites some seconds after a window has
 * opened, with the whole file as it was then, so that what a test has changed meanwhile is lost.
 */
const SETTINGS = {
  "workbench.startupEditor": "none",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.enableExperiments": false,
  "chat.disableAIFeatures": true,
  "extensions.autoUpdate": "off",
  "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true,
  "update.mode": "none",
  "telemetry.telemetryLevel": "off",
  "security.workspace.trust.startupPrompt": "never",
  "security.workspace.trust.banner": "never",
  "editor.accessibilitySupport": "off",
  "terminal.integrated.gpuAcceleration": "off",
  "git.enabled": false,
  "files.autoSave": "off",
};

/**
 * Starts the server with the extension installed from a VSIX, as users have it. (Loading it from source would need the
 * server's test driver, with which no notification is shown.)
 */
export async function startServer({ folder, settings, trusted, driven }: Options): Promise<EditorServer> {
  writeSettings(folder, settings);
  if (!driven) await installExtension(folder, inject("vsix"));
  const port = await freePort();
  const address = ["--host", "127.0.0.1", "--port", String(port), "--without-connection-token"];
  // Without the grace time the extension host of a closed page lives on for hours.
  const manners = ["--reconnection-grace-time", "5", ...(trusted ? ["--disable-workspace-trust"] : [])];
  if (driven) manners.push("--enable-smoke-test-driver");
  const server = spawn(projectNode, serverArguments(folder, [...address, ...manners]), {
    stdio: ["ignore", "pipe", "pipe"],
    env: environment(folder),
    detached: true,
  });
  await listening(server);
  return { url: `http://127.0.0.1:${port}`, end: () => endGroup(server) };
}

/** Writes the user's settings: the quiet ones of every test with these over them. */
export function writeSettings(folder: string, settings: Readonly<Record<string, unknown>>): void {
  const user = join(folder, "data/data/User");
  mkdirSync(user, { recursive: true });
  writeFileSync(join(user, "settings.json"), JSON.stringify({ ...SETTINGS, ...settings }));
}

/** Installs an extension, for windows that are loaded from here on. */
export async function installExtension(folder: string, vsix: string): Promise<void> {
  await run(projectNode, serverArguments(folder, ["--install-extension", vsix, "--force"]));
}

/** Takes an extension away, for windows that are loaded from here on. */
export async function uninstallExtension(folder: string, id: string): Promise<void> {
  await run(projectNode, serverArguments(folder, ["--uninstall-extension", id]));
}

/** Installs the extension as a later version than it is, which windows take when they are loaded anew; the version. */
export async function updateExtension(folder: string): Promise<string> {
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const next = `1${version}`;
  const vsix = join(folder, "next.vsix");
  await run("python3", ["-c", RENUMBER, inject("vsix"), vsix, `"${version}"`, `"${next}"`]);
  await installExtension(folder, vsix);
  return next;
}

/** The version stands in the manifest, and the bundler puts it into programs. */
const RENUMBER = `import sys, zipfile
source, target, old, new = sys.argv[1:]
with zipfile.ZipFile(source) as earlier, zipfile.ZipFile(target, "w") as later:
    for name in earlier.namelist():
        later.writestr(name, earlier.read(name).replace(old.encode(), new.encode()))
`;

function serverArguments(folder: string, args: readonly string[]): string[] {
  const folders = ["--server-data-dir", join(folder, "data"), "--extensions-dir", join(folder, "extensions")];
  return [MAIN, "--accept-server-license-terms", "--telemetry-level", "off", ...folders, ...args];
}

/** The test run's own, less what Vitest adds to it; with runtime and temporary files inside the session, as the editor leaves some. */
export function environment(folder: string): NodeJS.ProcessEnv {
  const [runtime, temporary] = [join(folder, "run"), join(folder, "tmp")];
  for (const path of [runtime, temporary]) mkdirSync(path, { recursive: true, mode: 0o700 });
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|VITEST|NODE_|TEST$|DEV$|PROD$|MODE$)/.test(name),
  );
  return { ...Object.fromEntries(inherited), XDG_RUNTIME_DIR: runtime, TMPDIR: temporary };
}

async function listening(server: ChildProcess): Promise<void> {
  let output = "";
  const heard = new Promise<boolean>((resolve) => {
    for (const stream of [server.stdout, server.stderr]) {
      stream?.on("data", (chunk) => {
        output += chunk;
        if (output.includes("Extension host agent listening")) resolve(true);
      });
    }
  });
  const isUp = await Promise.race([heard, once(server, "close").then(() => false)]);
  if (!isUp) throw new Error(`cannot start VS Code's server:\n${output}`);
}

async function endGroup(server: ChildProcess): Promise<void> {
  if (server.pid === undefined || server.exitCode !== null) return;
  const closed = once(server, "close");
  process.kill(-server.pid, "SIGTERM");
  await closed;
}
