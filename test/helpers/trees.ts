import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { onTestFinished } from "vitest";
import { isAlive } from "./daemon.ts";
import { freePort } from "./free-port.ts";

const LISTEN = `${process.execPath} ${resolve("test/fixtures/trees/listen.cjs")}`;

/** How a program may bring up what listens: `PORT` stands for the port, `FOLDER` for a folder of its own. */
const TREES = {
  plain: `${LISTEN} PORT`,
  wrapper: `/bin/bash -c '${LISTEN} PORT; true'`,
  npm: "npm run --silent --prefix FOLDER listen-PORT",
  setsid: `/bin/sh -c 'setsid ${LISTEN} PORT & exec sleep 1000'`,
  fork: `/bin/sh -c '(setsid /bin/sh -c "${LISTEN} PORT &" &); exec sleep 1000'`,
  background: `/bin/sh -c 'nohup ${LISTEN} PORT & exec sleep 1000'`,
} as const;

export type TreeName = keyof typeof TREES;
export const TREE_NAMES: readonly TreeName[] = ["plain", "wrapper", "npm", "setsid", "fork", "background"];

/** Programs of every kind, each with a port of its own: their configuration, and the ports by program. */
export type TreePrograms = { readonly config: string; readonly ports: ReadonlyMap<TreeName, number> };

/** Makes programs that listen on free ports and say `listens` once they do; npm's scripts go into `folder`. */
export async function treePrograms(folder: string, options = ""): Promise<TreePrograms> {
  const ports = new Map<TreeName, number>();
  for (const name of TREE_NAMES) ports.set(name, await freePort());
  const scripts = Object.fromEntries(
    [...ports.values()].map((port) => [`listen-${port}`, `${LISTEN} ${port}`]),
  );
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "trees", scripts }));
  const sections = [...ports].map(([name, port]) => {
    const command = TREES[name].replaceAll("PORT", String(port)).replaceAll("FOLDER", folder);
    return `[program:${name}]\ncommand=${command}\nstartsecs=0\nstopwaitsecs=3\n${options}\n`;
  });
  return { config: sections.join(""), ports };
}

/** Whether nobody listens on that port. */
export async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  const free = await new Promise<boolean>((done) => {
    server.once("error", () => done(false));
    server.listen(port, "127.0.0.1", () => done(true));
  });
  await new Promise((done) => server.close(done));
  return free;
}

/**
 * The living processes, with their command lines, that were started by a daemon of this folder or by its programs:
 * all that inherited a variable with its path (`testEnvironment` gives one), whatever became of session and parent.
 */
function startedIn(folder: string): { readonly pid: number; readonly command: string }[] {
  return readdirSync("/proc").flatMap((name) => {
    const pid = Number(name);
    if (Number.isNaN(pid) || !isAlive(pid)) return [];
    try {
      const environment = readFileSync(`/proc/${pid}/environ`, "utf8").split("\0");
      if (!environment.some((variable) => variable.endsWith(`=${folder}`))) return [];
      return [{ pid, command: readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim() }];
    } catch {
      // Gone meanwhile.
      return [];
    }
  });
}

/** The same without daemons and their loggers: what programs left behind. Ends it, too, when the test is over. */
export function survivorsIn(folder: string): { readonly pid: number; readonly command: string }[] {
  const survivors = startedIn(folder).filter(({ command }) => !/supervisord/.test(command));
  onTestFinished(() => {
    for (const { pid } of survivors) if (isAlive(pid)) process.kill(pid, "SIGKILL");
  });
  return survivors;
}
