// Speed and memory of the language server beside VS Code's JSON server, in one run on a document of 10,000 lines:
// `npm run bench:lsp`. The JSON server is no dependency: it is installed into node_modules/.cache once.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { type Figures, measure } from "./lsp/measure.ts";
import { JSON_SAMPLE, SUPERVISORD } from "./lsp/samples.ts";

const LINES = Number(process.argv[2] ?? 10_000);
const ROUNDS = 30;
const CACHE = "node_modules/.cache/bench-lsp";
const PEER = "vscode-langservers-extracted@4.10.0";
const PEER_SCRIPT = `${CACHE}/node_modules/vscode-langservers-extracted/bin/vscode-json-language-server`;

/** The most that each figure may be on a quiet machine. */
const GOALS: Figures = {
  init: 130,
  open: 30,
  key: 5,
  key99: 20,
  burst: 8,
  completion: 3,
  completion99: 10,
  hover: 0.8,
  hover99: 5,
  symbols: 20,
  folding: 3,
  tokens: 20,
  tokensDelta: 5,
  format: 4,
  rss: 90,
};

if (!existsSync(PEER_SCRIPT)) {
  mkdirSync(CACHE, { recursive: true });
  console.log(`Installing ${PEER} into ${CACHE}, to compare with ...`);
  execFileSync("npm", ["install", "--prefix", CACHE, "--no-save", "--ignore-scripts", PEER]);
}
const node = process.execPath;
const ours = await measure({
  command: [node, "dist/language-server/server.cjs", "--stdio"],
  sample: SUPERVISORD,
  lines: LINES,
  rounds: ROUNDS,
});
const peer = await measure({
  command: [node, PEER_SCRIPT, "--stdio"],
  sample: JSON_SAMPLE,
  lines: LINES,
  rounds: ROUNDS,
});
console.log(`${LINES} lines; milliseconds, rss in MB`);
console.table(
  Object.fromEntries(
    Object.entries(GOALS).map(([name, goal]) => [
      name,
      { ours: shown(ours[name]), goal, "JSON server": shown(peer[name]), kept: (ours[name] ?? 0) <= goal },
    ]),
  ),
);

function shown(figure: number | undefined): string {
  return figure === undefined || Number.isNaN(figure) ? "-" : figure.toFixed(1);
}
