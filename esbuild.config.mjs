// Bundles each entry point into one CommonJS file; `node esbuild.config.mjs --production` minifies, `--out FOLDER` puts
// them elsewhere than in dist/.
import { readFile, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { build } from "esbuild";

const options = { production: { type: "boolean" }, out: { type: "string", default: "dist" } };
const { production = false, out } = parseArgs({ options }).values;
const { engines, version } = JSON.parse(await readFile("package.json", "utf8"));
const oldestNode = engines.node.replace(">=", "");

/** @type {import('esbuild').BuildOptions} */
const shared = {
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node22",
  outExtension: { ".js": ".cjs" },
  mainFields: ["module", "main"],
  minify: production,
  sourcemap: production ? false : "linked",
  legalComments: "none",
  logLevel: "warning",
};

/** An older Node would stop somewhere inside, with a word that says nothing. */
const NODE_CHECK = `"use strict";
if (Number.parseInt(process.versions.node) < ${Number.parseInt(oldestNode, 10)}) {
  process.stderr.write("Error: this needs Node ${oldestNode} or newer, and " + process.execPath + " is " + process.versions.node + ".\\n");
  process.exit(1);
}`;

const executable = { banner: { js: `#!/usr/bin/env node\n${NODE_CHECK}` } };

/** Style and script of the daemon's web page, as texts that its bundle carries. */
async function bundleWebPage() {
  const { outputFiles } = await build({
    entryPoints: ["page.css", "page.ts"].map((name) => `daemon/server/web/browser/${name}`),
    outdir: "web",
    write: false,
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    logLevel: "warning",
  });
  const text = (extension) =>
    JSON.stringify(outputFiles.find(({ path }) => path.endsWith(extension)).text.trim());
  return { WEB_PAGE_STYLE: text(".css"), WEB_PAGE_SCRIPT: text(".js") };
}

/** Keeps a module that is imported on need out of the bundle: it is a bundle of its own, which few need. */
function loadOnNeed(names) {
  return {
    name: "load-on-need",
    setup({ onResolve }) {
      onResolve({ filter: new RegExp(`/(?:${names.join("|")})\\.ts$`) }, ({ kind, path }) =>
        kind === "dynamic-import" ? { path: `./${basename(path, ".ts")}.cjs`, external: true } : undefined,
      );
    },
  };
}

/** Modules that are taken once for each bundle: what its files share, as they name it. */
const TAKEN_ONCE = {
  // Each file's own `import * as` would copy the whole interface at start, some 400 names sixty times.
  vscode: 'export const vscode = require("vscode");',
  // The editor's translation stays in a bundle of its own, so that each bundle of the extension speaks its language.
  l10n: 'export const { fillIn, t, translateWith } = require("./l10n.cjs");',
};

const takenOnce = {
  name: "taken-once",
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^taken-once:/ }, ({ path }) => ({ path: path.slice(11), namespace: "taken-once" }));
    onResolve({ filter: /\/l10n\.ts$/ }, ({ kind }) =>
      kind === "entry-point" ? undefined : { path: "l10n", namespace: "taken-once" },
    );
    onResolve({ filter: /^\.\/l10n\.cjs$/ }, ({ path }) => ({ path, external: true }));
    onLoad({ filter: /.*/, namespace: "taken-once" }, ({ path }) => ({ contents: TAKEN_ONCE[path] }));
    onLoad({ filter: /\/extension\/.*\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      const contents = text.replace(
        'import * as vscode from "vscode";',
        'import { vscode } from "taken-once:vscode";',
      );
      return { contents, loader: "ts" };
    });
  },
};

// A package must not carry what an earlier build left; while developing, running programs keep their files.
if (production) await rm(out, { recursive: true, force: true });
await Promise.all([
  build({
    ...shared,
    entryPoints: {
      main: "extension/main.ts",
      "language-client": "extension/language-client.ts",
      "create-configuration": "extension/create-configuration.ts",
      "chinese-problems": "extension/chinese-problems.ts",
      exchange: "daemon/xml-rpc/exchange.ts",
      l10n: "extension/model/l10n.ts",
    },
    outdir: join(out, "extension"),
    external: ["vscode"],
    plugins: [
      takenOnce,
      loadOnNeed(["language-client", "create-configuration", "chinese-problems", "exchange"]),
    ],
    supported: { "dynamic-import": false },
  }),
  build({
    ...shared,
    ...executable,
    entryPoints: { "supervisord-mcp": "extension/supervisord-mcp.ts" },
    outdir: join(out, "extension"),
    define: { PACKAGE_VERSION: JSON.stringify(version) },
  }),
  build({
    ...shared,
    ...executable,
    entryPoints: { server: "language-server/main.ts" },
    outdir: join(out, "language-server"),
  }),
  build({
    ...shared,
    ...executable,
    entryPoints: {
      supervisord: "daemon/supervisord.ts",
      supervisorctl: "daemon/supervisorctl.ts",
      echo_supervisord_conf: "daemon/echo-supervisord-conf.ts",
      pidproxy: "daemon/pidproxy.ts",
      logger: "daemon/logger/main.ts",
    },
    outdir: join(out, "daemon"),
    define: { ...(await bundleWebPage()), PACKAGE_VERSION: JSON.stringify(version) },
  }),
]);
