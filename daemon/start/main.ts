import type { Configuration } from "../config/configuration.ts";
import { SocketInUse } from "../io/listen.ts";
import { SUPERVISOR_VERSION } from "../version.ts";
import { type Arguments, parseArguments } from "./arguments.ts";
import { backgroundReporter, type Reporter, startInBackground } from "./background.ts";
import { findConfiguration } from "./find-configuration.ts";
import { explainRefusal, type Loaded, loadConfiguration } from "./load.ts";
import { planOf } from "./plan.ts";
import { run } from "./run.ts";
import { USAGE } from "./usage.ts";

/** Supervisor's exit status for a command line or configuration that it cannot use. */
const USAGE_ERROR = 2;

/** `supervisord`: runs until the daemon ends and resolves to the exit status. `script` is the file that was executed. */
export async function main(script: string, argv: readonly string[]): Promise<number> {
  const args = parseArguments(argv);
  if (typeof args === "string") return complain(args);
  switch (args.action) {
    case "help":
      process.stdout.write(USAGE);
      return 0;
    case "version":
      process.stdout.write(`${SUPERVISOR_VERSION}\n`);
      return 0;
    case "plan":
      return printPlan(script, args);
    case "run":
      return start(script, argv, args);
  }
}

function printPlan(script: string, args: Arguments): number {
  const found = findConfiguration(args.configuration, script, process.cwd());
  if ("reason" in found) return complain(found.reason);
  process.stdout.write(`${JSON.stringify(planOf(loadConfiguration(found.file, args, process.cwd())))}\n`);
  return 0;
}

async function start(script: string, argv: readonly string[], args: Arguments): Promise<number> {
  const report = backgroundReporter();
  const refuse = (message: string) => {
    report?.({ type: "failed", message });
    return complain(message);
  };
  const found = findConfiguration(args.configuration, script, process.cwd());
  if ("reason" in found) return refuse(found.reason);
  const loaded = loadConfiguration(found.file, args, process.cwd());
  const accepted = accept(loaded, args);
  if ("reason" in accepted) return refuse(accepted.reason);
  const { configuration } = accepted;
  if (report === null && !configuration.supervisord.nodaemon) {
    // What was found here must not be searched for again there.
    const named = args.configuration === null ? [...argv, "-c", found.file] : argv;
    const failure = await startInBackground(script, named);
    return failure === null ? 0 : complain(failure);
  }
  try {
    await runDaemon(loaded, configuration, args, report);
    return 0;
  } catch (error) {
    return refuse(describeFailure(error));
  }
}

/** The configuration, or why it is not to be started. */
function accept(
  loaded: Loaded,
  args: Arguments,
): { readonly configuration: Configuration } | { readonly reason: string } {
  const { configuration, file } = loaded;
  if (configuration === null) return { reason: explainRefusal(loaded) };
  if (args.expectDigest !== null && args.expectDigest !== loaded.digest) {
    return { reason: `${file} has changed since it was agreed to; look at its commands and start again` };
  }
  return { configuration };
}

/** Runs the daemon, over and over as long as it is asked to restart. */
async function runDaemon(
  first: Loaded,
  accepted: Configuration,
  args: Arguments,
  report: Reporter | null,
): Promise<void> {
  // Paths in the file stay relative to where the daemon was started, wherever it goes.
  const cwd = process.cwd();
  const { directory, silent } = accepted.supervisord;
  if (report !== null && directory !== null) process.chdir(directory);
  const reload = () => loadConfiguration(first.file, args, cwd);
  const echo = report === null && !silent ? echoToTerminal() : null;
  const onReady = () => report?.({ type: "ready" });
  for (let [loaded, configuration] = [first, accepted]; ; ) {
    const outcome = await run({ loaded, configuration, reload, echo, onReady });
    if (outcome === "shutdown") return;
    const again = reload();
    // A file that is broken by now must not keep the daemon from coming back.
    if (again.configuration !== null) [loaded, configuration] = [again, again.configuration];
  }
}

/** The daemon outlives the terminal that it was started from. */
function echoToTerminal(): (line: string) => void {
  let terminal: "there" | "gone" = "there";
  process.stdout.on("error", () => {
    terminal = "gone";
  });
  return (line) => {
    if (terminal === "there") process.stdout.write(line);
  };
}

function describeFailure(error: unknown): string {
  if (error instanceof SocketInUse) {
    return `${error.message}, which one of our HTTP servers is configured to use.  Shut that program down first before starting supervisord.`;
  }
  return error instanceof Error ? error.message : String(error);
}

function complain(message: string): number {
  process.stderr.write(`Error: ${message}\nFor help, use supervisord -h\n`);
  return USAGE_ERROR;
}
