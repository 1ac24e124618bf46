// VS Code in the browser: the server of code-server, bound to this machine only, with the extension installed in it.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { bundlesBuiltAt, newest } from "./build.mjs";
import { freePort } from "./free-port.mjs";
import { installPackages, isInstalled } from "./install.mjs";
import { editorPackage, projectNode, root, vscodeServer } from "./places.mjs";
import { EDITOR_BUILD, ensurePrerequisites } from "./prerequisites.mjs";
import { childEnvironment, run, say, secondsSince } from "./run.mjs";
import { writeSettings } from "./settings.mjs";

const PREFERRED_PORT = 8765;

/** Installs VS Code for the browser where it is missing. Throws a sentence that says what to do. */
export async function installBrowserEditor() {
  if (isInstalled(editorPackage)) return;
  const missing = await ensurePrerequisites(EDITOR_BUILD);
  if (missing !== null) throw new Error(missing);
  await installPackages(editorPackage, "VS Code for the browser");
}

/** Serves VS Code on `demo` and prints its address; `closed` is fulfilled when the server has ended. */
export async function openBrowserEditor(folder, demo) {
  const data = join(folder, "browser");
  writeSettings(join(data, "data/User/settings.json"));
  await installExtension(folder, data);
  const port = await freePort(PREFERRED_PORT);
  const server = spawn(
    projectNode,
    serverArguments(data, [
      "--host",
      "127.0.0.1",
      "--port",
      String(port),
      "--without-connection-token",
      "--disable-workspace-trust",
    ]),
    {
      stdio: ["ignore", "pipe", "pipe"],
      env: childEnvironment(),
      // A group of its own: Ctrl-C reaches this script alone, which then ends the server and all that it started.
      detached: true,
    },
  );
  const closed = once(server, "close");
  await listening(server, closed);
  say(`Open http://127.0.0.1:${port}/?folder=${encodeURI(demo)}`);
  say("Press Ctrl-C to end.");
  return { closed, end: () => endGroup(server, closed) };
}

/**
 * The extension goes in as a VSIX, as users get it. Loading it from source would need the server's test driver, which
 * keeps notifications from showing: the person would miss the extension's own questions.
 */
async function installExtension(folder, data) {
  const vsix = join(folder, "extension.vsix");
  const sources = ["package.json", "README.md", "CHANGELOG.md", "syntaxes"].map((name) => join(root, name));
  const isCurrent = existsSync(vsix) && statSync(vsix).mtimeMs >= Math.max(bundlesBuiltAt(), newest(sources));
  if (isCurrent && existsSync(join(data, "extensions"))) return;
  const startedAt = performance.now();
  await step("pack the extension", join(root, "node_modules/.bin/vsce"), [
    "package",
    "--no-dependencies",
    "--allow-missing-repository",
    "--no-rewrite-relative-links",
    "--out",
    vsix,
  ]);
  rmSync(join(data, "extensions"), { recursive: true, force: true });
  await step(
    "install the extension",
    projectNode,
    serverArguments(data, ["--install-extension", vsix, "--force"]),
  );
  say(`Installed the extension into the editor in ${secondsSince(startedAt)}.`);
}

async function step(what, command, args) {
  const { code, output } = await run(command, args);
  if (code !== 0) throw new Error(`cannot ${what}: ${command} ended with ${code}\n${output}`);
}

function serverArguments(data, args) {
  const folders = ["--server-data-dir", data, "--extensions-dir", join(data, "extensions")];
  return [
    join(vscodeServer, "out/server-main.js"),
    "--accept-server-license-terms",
    "--telemetry-level",
    "off",
    ...folders,
    ...args,
  ];
}

async function listening(server, closed) {
  let output = "";
  const heard = new Promise((resolve) => {
    for (const stream of [server.stdout, server.stderr]) {
      stream.on("data", (chunk) => {
        output += chunk;
        if (output.includes("Extension host agent listening")) resolve(true);
      });
    }
  });
  const isUp = await Promise.race([heard, closed.then(() => false)]);
  if (!isUp) throw new Error(`cannot start VS Code's server:\n${output}`);
  // From here on its messages are of no use to the person, but have to be read, or it would wait for us.
  for (const stream of [server.stdout, server.stderr]) stream.removeAllListeners("data").resume();
}

async function endGroup(server, closed) {
  const kill = (signal) => {
    try {
      process.kill(-server.pid, signal);
    } catch (error) {
      if (error.code !== "ESRCH") throw error;
    }
  };
  kill("SIGTERM");
  const late = setTimeout(() => kill("SIGKILL"), 5000);
  await closed;
  clearTimeout(late);
  // What the server started may outlive it by a moment.
  kill("SIGKILL");
}
