// User settings of the editor that `npm start` opens: a quiet first screen, and programs that come up by themselves.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

const SETTINGS = {
  "supervisord.startOnOpen": "always",
  "supervisord.showViewOnOpen": true,
  "workbench.startupEditor": "readme",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.enableExperiments": false,
  "chat.disableAIFeatures": true,
  "extensions.autoUpdate": false,
  "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true,
  "update.mode": "none",
  "telemetry.telemetryLevel": "off",
  "git.enabled": false,
};

/** Writes the settings where the profile has none yet: what the person changes there stays. */
export function writeSettings(file) {
  mkdirSync(dirname(file), { recursive: true });
  try {
    writeFileSync(file, `${JSON.stringify(SETTINGS, null, 2)}\n`, { flag: "wx" });
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
  }
}
