import {
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterEach, vi } from "vitest";
import { freePort } from "../../helpers/free-port.ts";
import { launchBrowser, VIEWPORT } from "./browser.ts";
import { type DrivenWorkbench, openDrivenWorkbench } from "./driven.ts";
import { projectNode, root } from "./places.ts";
import { processesOf } from "./processes.ts";
import { run } from "./run.ts";
import { type EditorServer, environment, startServer, writeSettings } from "./server.ts";
import { openWorkbench, Workbench } from "./workbench.ts";

type Options = {
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly trusted?: boolean;
  /** Whether tests are to run inside the extension host. */
  readonly driven?: boolean;
};

/** A real editor with the extension, and workspaces in a temporary folder: all that one file of tests needs. */
export type Session = {
  /** The temporary folder. Each process that the session starts can be told by it. */
  readonly folder: string;
  /** A copy of the demo workspace, with ports of its own; its path. */
  readonly demo: () => Promise<string>;
  /** A workspace of these files (path within it: text); its path. */
  readonly workspace: (files: Readonly<Record<string, string>>) => string;
  /** A page of its own, with storage of its own, on a folder or workspace file; in another language if it is named. */
  readonly open: (workspace: string, language?: string) => Promise<Workbench>;
  /** The same with the extension of the clone and a module of tests in its host; for a driven session. */
  readonly openDriven: (workspace: string, tests: string) => Promise<DrivenWorkbench>;
  /** The pages that are open. */
  readonly pages: () => readonly Page[];
  /** Changes the user's settings, for pages that are loaded from here on. */
  readonly changeSettings: (settings: Readonly<Record<string, unknown>>) => void;
  /** Ends everything and removes the folder. Rejects if a process is left over. */
  readonly end: () => Promise<void>;
};

/** Starts an editor for one file of tests. */
export async function startSession({
  settings = {},
  trusted = true,
  driven = false,
}: Options = {}): Promise<Session> {
  // Short, for the paths of sockets have a limit; real, for processes report their folder without links.
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "ed-")));
  const server = await startServer({ folder, settings, trusted, driven }).catch((error: unknown) => {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  });
  const browser = await launchBrowser();
  const demo = async (): Promise<string> => {
    const path = newWorkspace(folder);
    await copyDemo(path);
    return path;
  };
  const workspace = (files: Readonly<Record<string, string>>): string => {
    const path = newWorkspace(folder);
    writeFiles(path, files);
    return path;
  };
  const open = async (path: string, language?: string): Promise<Workbench> => {
    const context = await browser.newContext(VIEWPORT);
    if (language !== undefined) await context.addInitScript(speak, language);
    const kind = path.endsWith(".code-workspace") ? "workspace" : "folder";
    return await openWorkbench(await context.newPage(), `${server.url}/?${kind}=${encodeURI(path)}`);
  };
  const openDriven = async (path: string, tests: string): Promise<DrivenWorkbench> => {
    const context = await browser.newContext(VIEWPORT);
    return await openDrivenWorkbench(await context.newPage(), server.url, path, tests);
  };
  const changeSettings = (changed: Readonly<Record<string, unknown>>): void => {
    writeSettings(folder, { ...settings, ...changed });
  };
  const pages = (): readonly Page[] => browser.contexts().flatMap((context) => context.pages());
  return {
    folder,
    demo,
    workspace,
    open,
    openDriven,
    pages,
    changeSettings,
    end: () => endSession(folder, browser, server),
  };
}

/** Has the editor take itself for one that has this language's pack. */
function speak(language: string): void {
  Object.defineProperty(globalThis, "_VSCODE_NLS_LANGUAGE", { get: () => language });
}

/** Leaves pictures of every open page of the session whose test failed. To be called at the top of a file of tests. */
export function pictureFailures(session: () => Session): void {
  afterEach(async ({ task }) => {
    if (task.result?.state !== "fail") return;
    for (const [index, page] of session().pages().entries()) {
      await new Workbench(page).screenshot(`failed-${task.name.replaceAll(/\W+/g, "-")}-${index + 1}`);
    }
  });
}

function newWorkspace(folder: string): string {
  mkdirSync(join(folder, "w"), { recursive: true });
  const path = join(folder, "w", String(readdirSync(join(folder, "w")).length + 1));
  mkdirSync(path);
  return path;
}

/** Copies the demo. A person may have it running, so its servers get other ports, and what its daemon wrote stays. */
async function copyDemo(path: string): Promise<void> {
  const filter = (source: string) =>
    basename(dirname(source)) !== ".supervisord" || basename(source) === ".gitignore";
  cpSync(join(root, "test/fixtures/demo"), path, { recursive: true, filter });
  const file = join(path, "supervisord.conf");
  const [web, files] = [await freePort(), await freePort()];
  const text = readFileSync(file, "utf8").replaceAll("18471", String(web)).replaceAll("18472", String(files));
  writeFileSync(file, text);
}

function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

async function endSession(folder: string, browser: Browser, server: EditorServer): Promise<void> {
  await browser.close();
  await server.end();
  const refused = await shutDownDaemons(folder).then(
    () => null,
    (error: unknown) => String(error),
  );
  const leftOver = await allEnded(folder);
  for (const { pid } of leftOver) process.kill(pid, "SIGKILL");
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  const names = leftOver.map(({ pid, command }) => `${pid} ${command}`);
  if (names.length > 0) throw new Error(`left over: ${[...names, refused ?? ""].join("; ")}`);
}

/** The daemons outlive the editor, as they should: each is asked by its own configuration to end. */
async function shutDownDaemons(folder: string): Promise<void> {
  for (const config of globSync(join(folder, "w/**/supervisord.conf"))) {
    if (processesOf(config).length === 0) continue;
    const args = [join(root, "dist/daemon/supervisorctl.cjs"), "-c", config, "shutdown"];
    // Where the configuration names no server, it is found as the daemon of this editor.
    await run(projectNode, args, environment(folder));
  }
}

async function allEnded(folder: string): Promise<ReturnType<typeof processesOf>> {
  try {
    await vi.waitFor(
      () => {
        if (processesOf(folder).length > 0) throw new Error("still running");
      },
      { timeout: 15_000, interval: 50 },
    );
    return [];
  } catch {
    return processesOf(folder);
  }
}
