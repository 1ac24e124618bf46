import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { dirname } from "node:path";
import { runtimeFolder } from "../../daemon/client/runtime-folder.ts";
import type { Plan } from "../../daemon/protocol/plan.ts";
import { formatWindowPolicy, type WindowPolicy } from "../../daemon/protocol/window-policy.ts";
import { t } from "../model/l10n.ts";
import { failureOfOutput, type StartFailure } from "../model/start-failure.ts";
import type { Environment } from "./user-environment.ts";

const TIME_LIMIT_MS = 30_000;

/** The bundled supervisord, as a program to run. */
export type DaemonProgram = {
  /** What starting the configuration would run; rejects where the program itself fails. */
  plan(configFile: string): Promise<Plan>;
  /** Starts a daemon that outlives the editor, once its configuration still has this digest; null for success. */
  start(configFile: string, digest: string): Promise<StartFailure | null>;
};

/** The program at `script`, run with the environment that is resolved at its first use. */
export function createDaemonProgram(
  script: string,
  resolveEnvironment: () => Promise<Environment>,
  settings: { readonly dialect: () => string; readonly windowPolicy: () => WindowPolicy },
): DaemonProgram {
  let environment: Promise<Environment> | undefined;
  const run = async (configFile: string, args: readonly string[]) => {
    environment ??= resolveEnvironment();
    return runScript(
      script,
      ["-c", configFile, "--dialect", settings.dialect(), ...args],
      configFile,
      await environment,
    );
  };
  return {
    async plan(configFile) {
      const { code, stdout, stderr } = await run(configFile, ["--plan"]);
      const plan = parsePlan(stdout);
      if (plan !== null) return plan;
      throw new Error(t("{0} (supervisord --plan ended with {1})", failureOfOutput(stderr).reason, code));
    },
    async start(configFile, digest) {
      const state = ["--state-directory", runtimeFolder(configFile).path];
      const windows = ["--last-window", formatWindowPolicy(settings.windowPolicy())];
      const { code, stderr } = await run(configFile, [...state, ...windows, "--expect-digest", digest]);
      return code === 0 ? null : failureOfOutput(stderr);
    },
  };
}

type Outcome = { readonly code: number | string; readonly stdout: string; readonly stderr: string };

function runScript(
  script: string,
  args: readonly string[],
  configFile: string,
  environment: Environment,
): Promise<Outcome> {
  const folder = dirname(configFile);
  const options = {
    cwd: existsSync(folder) ? folder : homedir(),
    // Without it the editor's own executable would open a window.
    env: process.versions.electron ? { ...environment, ELECTRON_RUN_AS_NODE: "1" } : environment,
    timeout: TIME_LIMIT_MS,
    maxBuffer: 16 * 1024 * 1024,
  };
  return new Promise((resolve) => {
    execFile(process.execPath, [script, ...args], options, (error, stdout, stderr) => {
      const failed = error?.killed ? t("no answer within {0} seconds", TIME_LIMIT_MS / 1000) : error?.message;
      const code = error === null ? 0 : (error.code ?? error.signal ?? 1);
      resolve({ code, stdout, stderr: stderr === "" ? (failed ?? "") : stderr });
    });
  });
}

function parsePlan(text: string): Plan | null {
  try {
    const plan: Plan = JSON.parse(text);
    return Array.isArray(plan.programs) && Array.isArray(plan.problems) ? plan : null;
  } catch {
    // Not a plan: what the program wrote to its standard error tells why.
    return null;
  }
}
