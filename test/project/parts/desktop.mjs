// Desktop VS Code, with a profile of its own and the extension loaded from the clone.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { root } from "./places.mjs";
import { findCommand } from "./prerequisites.mjs";
import { say } from "./run.mjs";
import { writeSettings } from "./settings.mjs";

/** The path of desktop VS Code's `code`; null where there is none that can open a window. */
export function findDesktop() {
  // In the terminal of a remote window `code` is another program, which speaks to that window only.
  if (process.env.VSCODE_IPC_HOOK_CLI !== undefined) return null;
  const hasScreen = process.platform !== "linux" || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  return hasScreen ? findCommand("code") : null;
}

/** Opens a window on `demo`; `closed` is fulfilled when the person has closed it. */
export function openDesktop(code, folder, demo) {
  const profile = join(folder, "desktop");
  writeSettings(join(profile, "User/settings.json"));
  say("Opening VS Code on the demo workspace; close its window or press Ctrl-C to end.");
  const options = ["--user-data-dir", profile, "--extensions-dir", join(folder, "desktop-extensions")];
  const args = [
    ...options,
    `--extensionDevelopmentPath=${root}`,
    "--disable-workspace-trust",
    "--new-window",
    "--wait",
    demo,
  ];
  const window = spawn(code, args, { stdio: "inherit" });
  const closed = new Promise((resolve, reject) => {
    window.on("error", (error) => reject(new Error(`cannot start ${code}: ${error.message}`)));
    window.on("close", resolve);
  });
  return { closed, end: async () => void window.kill() };
}
