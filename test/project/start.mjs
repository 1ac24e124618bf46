// `npm start`: installs, builds, and opens an editor with the extension on the demo workspace. Runs on Node 20 with
// nothing installed. `npm start -- --browser` keeps to the browser; `--folder DIR` keeps profile and demo elsewhere.
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { installBrowserEditor, openBrowserEditor } from "./parts/browser.mjs";
import { buildIfStale } from "./parts/build.mjs";
import { prepareDemo, shutDownDemo } from "./parts/demo.mjs";
import { findDesktop, openDesktop } from "./parts/desktop.mjs";
import { installPackages } from "./parts/install.mjs";
import { root } from "./parts/places.mjs";
import { say } from "./parts/run.mjs";

const { values: options } = parseArgs({
  options: {
    browser: { type: "boolean", default: false },
    folder: { type: "string", default: join(root, ".editor") },
  },
});

try {
  await start(resolve(options.folder), options.browser ? null : findDesktop());
} catch (error) {
  say(error.message);
  process.exitCode = 1;
}

async function start(folder, desktop) {
  const asked = endAsked();
  await installPackages(root, "the project's packages");
  await buildIfStale();
  if (desktop === null) await installBrowserEditor();
  const demo = await prepareDemo(folder);
  const editor =
    desktop === null ? await openBrowserEditor(folder, demo) : openDesktop(desktop, folder, demo);
  await Promise.race([editor.closed, asked]);
  await editor.end();
  await shutDownDemo(demo);
  say("Ended.");
}

function endAsked() {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, resolve);
  });
}
