import { spawn } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { startRealSupervisord } from "./real-supervisord.ts";
import { scratchFolder } from "./scratch.ts";

/** The two clients: ours as users run it, and Debian's. */
export const OURS: Ctl = { program: process.execPath, args: [resolve("dist/daemon/supervisorctl.cjs")] };
export const DEBIANS: Ctl = { program: "/usr/bin/supervisorctl", args: [] };

export type Ctl = {
  readonly program: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
};

/** A real supervisord, and the client that is tried against it. */
export type CtlStage = { readonly folder: string; readonly configFile: string; readonly ctl: Ctl };

export type CtlAnswer = {
  readonly command: string;
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
};

/** A folder with a configuration, and a client; no server. */
export function setStage(ctl: Ctl, configuration: (folder: string) => string): CtlStage {
  if (!existsSync(ctl.program))
    throw new Error("Debian's supervisor is not here: apt-get install supervisor");
  const folder = scratchFolder();
  const configFile = join(folder, "supervisord.conf");
  writeFileSync(configFile, configuration(folder));
  return { folder, configFile, ctl };
}

/** The same with a real supervisord running on it. */
export async function setRunningStage(
  ctl: Ctl,
  configuration: (folder: string) => string,
): Promise<CtlStage> {
  const stage = setStage(ctl, configuration);
  await startRealSupervisord(stage.folder, stage.configFile);
  return stage;
}

/** Runs the client with the stage's configuration; what differs between any two runs is made alike. */
export function ask(stage: CtlStage, command: readonly string[], input = ""): Promise<CtlAnswer> {
  return run(stage, ["-c", stage.configFile, ...command], input);
}

/** Runs the client with just these arguments, in the stage's folder. */
export function run({ ctl, folder }: CtlStage, args: readonly string[], input = ""): Promise<CtlAnswer> {
  const child = spawn(ctl.program, [...ctl.args, ...args], {
    cwd: folder,
    env: { ...process.env, ...ctl.env },
  });
  const answer = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const) {
    child[stream].setEncoding("utf8").on("data", (text: string) => {
      answer[stream] += text;
    });
  }
  child.stdin.on("error", () => {}).end(input);
  const alike = (text: string) => normalise(text.replaceAll(folder, "FOLDER"), ctl);
  return new Promise((done) =>
    child.on("close", (status) =>
      done({
        command: alike(args.join(" ")),
        status,
        stdout: alike(args.some(isMany) ? sortLines(answer.stdout) : answer.stdout),
        stderr: alike(answer.stderr),
      }),
    ),
  );
}

/** Does the same with both clients, each on a stage of its own. */
export async function onBoth<T>(
  set: (ctl: Ctl, configuration: (folder: string) => string) => CtlStage | Promise<CtlStage>,
  configuration: (folder: string) => string,
  act: (stage: CtlStage) => Promise<T>,
): Promise<{ ours: T; expected: T }> {
  const both = async (ctl: Ctl) => act(await set(ctl, configuration));
  const [ours, expected] = await Promise.all([both(OURS), both(DEBIANS)]);
  return { ours, expected };
}

/** Asks one after another. */
export async function each<T>(
  items: readonly T[],
  act: (item: T) => Promise<CtlAnswer>,
): Promise<CtlAnswer[]> {
  const answers: CtlAnswer[] = [];
  for (const item of items) answers.push(await act(item));
  return answers;
}

function isMany(name: string): boolean {
  return name === "all" || /:\*?$/.test(name);
}

/** Many processes are reported in the order in which they were done with, which differs from run to run. */
function sortLines(text: string): string {
  return text.split("\n").sort().join("\n");
}

function normalise(text: string, ctl: Ctl): string {
  return text
    .replaceAll(ctl.args[0] ?? ctl.program, "CTL")
    .replace(/pid \d+/g, "pid N")
    .replace(/uptime \d+:\d\d:\d\d/g, "uptime T")
    .replace(/^\d+$/gm, (number) => (number === "0" ? number : "N"))
    .replace(/[A-Z][a-z]{2} \d\d \d\d:\d\d [AP]M/g, "TIME")
    .replace(/^error: .*$/gm, "error: REASON");
}
