import type { Configuration } from "../config/configuration.ts";
import { CannotListen, SocketInUse } from "../io/listen.ts";
import { localMachine } from "../io/machine.ts";
import { SUPERVISOR_VERSION } from "../version.ts";
import { type Arguments, parseArguments } from "./arguments.ts";
import { backgroundReporter, startInBackground } from "./background.ts";
import { check } from "./check.ts";
import { findConfiguration } from "./find-configuration.ts";
import { explainRefusal, type Loaded, loadConfiguration, loadWithPlaces } from "./load.ts";
import { planOf } from "./plan.ts";
import { runDaemon } from "./run-daemon.ts";
import { ANOTHER_LISTENS } from "./servers.ts";
import { unitOf } from "./unit.ts";
import { USAGE } from "./usage.ts";

/** Supervisor's exit status for a command line or configuration that it cannot use. */
const USAGE_ERROR = 2;

const SEARCHING_AS_ROOT =
  'Supervisord is running as root and it is searching for its configuration file in default locations (including its current working directory); you probably want to specify a "-c" argument specifying an absolute path to a configuration file for improved security.';

/** `supervisord`: runs until the daemon ends and resolves to the exit status. `script` is the file that was executed. */
export async function main(script: string, argv: readonly string[]): Promise<number> {
  const args = parseArguments(argv, localMachine());
  if (typeof args === "string") return complain(script, args);
  switch (args.action) {
    case "help":
      process.stdout.write(USAGE);
      return 0;
    case "version":
      process.stdout.write(`${SUPERVISOR_VERSION}\n`);
      return 0;
    case "plan":
      return printPlan(script, args);
    case "check":
      return printCheck(script, args);
    case "print-unit":
      return printUnit(script, args);
    case "run":
      return start(script, argv, args);
  }
}

function printPlan(script: string, args: Arguments): number {
  const found = findConfiguration(args.configuration, script, process.cwd());
  if ("reason" in found) return complain(script, found.reason);
  process.stdout.write(`${JSON.stringify(planOf(loadWithPlaces(found.file, args, process.cwd())))}\n`);
  return 0;
}

function printCheck(script: string, args: Arguments): number {
  const found = search(script, args);
  if ("reason" in found) return complain(script, found.reason);
  const { text, exitCode } = check(args.configuration ?? found.file, args);
  process.stdout.write(text);
  return exitCode;
}

function printUnit(script: string, args: Arguments): number {
  const found = search(script, args);
  if ("reason" in found) return complain(script, found.reason);
  const loaded = loadConfiguration(args.configuration ?? found.file, args, process.cwd());
  if (loaded.configuration === null) return complain(script, explainRefusal(loaded));
  process.stdout.write(unitOf(args.unitKind, script, loaded.configuration));
  return 0;
}

async function start(script: string, argv: readonly string[], args: Arguments): Promise<number> {
  const report = backgroundReporter();
  const refuse = (message: string) => {
    report?.({ type: "failed", message });
    return complain(script, message);
  };
  const found = search(script, args);
  if ("reason" in found) return refuse(found.reason);
  const loaded = loadConfiguration(args.configuration ?? found.file, args, process.cwd());
  const accepted = accept(loaded, args);
  if ("reason" in accepted) return refuse(accepted.reason);
  const { configuration } = accepted;
  if (report === null && !configuration.supervisord.nodaemon) {
    // What was found here must not be searched for again there.
    const named = args.configuration === null ? ["-c", found.file, ...argv] : argv;
    const failure = await startInBackground(script, named);
    return failure === null ? 0 : complain(script, failure);
  }
  try {
    await runDaemon(loaded, configuration, args, report);
    return 0;
  } catch (error) {
    return refuse(describeFailure(error));
  }
}

function search(script: string, args: Arguments): ReturnType<typeof findConfiguration> {
  const searches = args.configuration === null;
  if (searches && process.getuid?.() === 0) process.stderr.write(`Warning: ${SEARCHING_AS_ROOT}\n`);
  const found = findConfiguration(args.configuration, script, process.cwd());
  if (searches && "file" in found) process.stderr.write(`Using the configuration ${found.file}\n`);
  return found;
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

function describeFailure(error: unknown): string {
  if (error instanceof SocketInUse) return `${ANOTHER_LISTENS}\n${error.message}`;
  if (error instanceof CannotListen) {
    return `Cannot open an HTTP server: socket.error reported errno.${error.code} (${error.errno})\n${error.message}`;
  }
  return error instanceof Error ? error.message : String(error);
}

function complain(script: string, message: string): number {
  process.stderr.write(`Error: ${message}\nFor help, use ${script} -h\n`);
  return USAGE_ERROR;
}
