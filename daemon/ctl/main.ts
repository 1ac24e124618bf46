import type { Credentials } from "../client/address.ts";
import { runtimeFolder } from "../client/runtime-folder.ts";
import { findConfiguration } from "../start/find-configuration.ts";
import { complete } from "./actions.ts";
import { type CommandLine, parseCommandLine } from "./command-line.ts";
import { EXIT } from "./exit-status.ts";
import { readHistory, runPrompt, writeHistory } from "./prompt.ts";
import { runLine } from "./run-line.ts";
import { type CtlSection, readCtlSection } from "./section.ts";
import { chooseServer } from "./server.ts";
import { Session } from "./session.ts";
import { openTerminal, type Terminal } from "./terminal.ts";
import { USAGE } from "./usage.ts";

type Run = Extract<CommandLine, { kind: "run" }>;

/** Runs `supervisorctl`; resolves with its exit status. */
export async function main(executable: string, argv: readonly string[]): Promise<number> {
  const commandLine = parseCommandLine(argv);
  if (commandLine.kind === "help") {
    process.stdout.write(USAGE);
    return EXIT.SUCCESS;
  }
  const settings = commandLine.kind === "wrong" ? commandLine.problem : await settle(commandLine, executable);
  if (typeof settings === "string") {
    process.stderr.write(`Error: ${settings}\nFor help, use ${executable} -h\n`);
    return EXIT.INVALID_ARGS;
  }
  return run(settings);
}

type Settings = {
  readonly action: readonly string[];
  readonly interactive: boolean;
  readonly serverUrl: string;
  readonly credentials: Credentials;
  readonly prompt: string;
  readonly historyFile: string | null;
};

/** The command line over the configuration over the defaults; a sentence where the configuration is in the way. */
async function settle(line: Run, executable: string): Promise<Settings | string> {
  const found = findConfiguration(line.configuration, executable, process.cwd());
  const file = "file" in found ? found.file : null;
  const section = file === null ? null : sectionOf(file, line.configuration ?? file);
  if (typeof section === "string") return section;
  const named = line.serverurl ?? section?.serverurl ?? null;
  const controlSocket = file === null ? null : runtimeFolder(file).controlSocket;
  const serverUrl = await chooseServer({ named, insisted: line.serverurl !== null, controlSocket });
  if (file !== null && section === null && serverUrl !== `unix://${controlSocket}`) {
    return ".ini file does not include supervisorctl section";
  }
  const username = line.username ?? section?.username;
  const password = line.password ?? section?.password;
  return {
    action: line.action,
    interactive: line.interactive,
    serverUrl,
    credentials: username != null && password != null ? { username, password } : {},
    prompt: section?.prompt ?? "supervisor",
    historyFile: line.historyFile ?? section?.historyFile ?? null,
  };
}

/** `shown` is the file as the user named it. */
function sectionOf(file: string, shown: string): CtlSection | null | string {
  try {
    return readCtlSection(file, process.env, shown);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function run({
  action,
  interactive,
  serverUrl,
  credentials,
  prompt,
  historyFile,
}: Settings): Promise<number> {
  const terminal: Terminal = openTerminal({
    history: readHistory(historyFile),
    complete: (line) => complete(line, () => session.rpc.getAllProcessInfo().catch(() => [])),
    leave() {
      process.stdout.write("\n");
      if (action.length === 0) writeHistory(historyFile, terminal.history());
      process.exit(action.length === 0 ? EXIT.SUCCESS : INTERRUPTED);
    },
  });
  const session = new Session(terminal, interactive, serverUrl, credentials);
  if (action.length > 0) {
    await runLine(session, action.join(" "));
    return session.exitStatus;
  }
  await runPrompt(session, prompt);
  writeHistory(historyFile, terminal.history());
  // What went wrong at the prompt was read there.
  return EXIT.SUCCESS;
}

/** 128 and the number of SIGINT, as a shell reports it. */
const INTERRUPTED = 130;
