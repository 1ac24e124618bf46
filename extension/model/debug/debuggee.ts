/** A process of a program, as far as it decides how a debugger gets into it. */
export type ProcessFacts = {
  readonly pid: number;
  /** The name of the file that it executes. */
  readonly executable: string;
  readonly args: readonly string[];
  /** Its variable NODE_OPTIONS. */
  readonly nodeOptions: string;
};

/** A process that a debugger can be attached to. */
export type Debuggee = {
  readonly pid: number;
  readonly language: "node" | "python";
  /** Its command line without the interpreter's path, for people. */
  readonly label: string;
  /** Whether it only runs another program of the tree, as npm does. */
  readonly isLauncher: boolean;
};

/** How a debugger gets into a process, or an explanation why it cannot: `signal` opens the inspector of Node. */
export type Entry =
  | { readonly kind: "signal"; readonly port: number }
  | { readonly kind: "refuses" }
  /** It waits for a debugger there already. */
  | { readonly kind: "listens"; readonly host: string; readonly port: number }
  /** The debugger injects itself. */
  | { readonly kind: "pid" };

const INSPECTOR_PORT = 9229;
const LOCAL = "127.0.0.1";

/** The process as something to debug; null for other languages. */
export function debuggeeOf(facts: ProcessFacts): Debuggee | null {
  const language = languageOf(facts.executable);
  if (language === null) return null;
  const [first = "", ...rest] = facts.args;
  const label = [first.slice(first.lastIndexOf("/") + 1), ...rest].join(" ");
  return { pid: facts.pid, language, label, isLauncher: language === "node" && isLauncher(facts.args) };
}

/** Those that are worth it: what only launches others is left out where those others are there. */
export function worthDebugging(debuggees: readonly Debuggee[]): Debuggee[] {
  const programs = debuggees.filter(({ isLauncher }) => !isLauncher);
  return programs.length > 0 ? programs : [...debuggees];
}

/** The one to go on with after a restart: the same command as before, or the only one; null where that is not clear. */
export function successorOf(label: string, debuggees: readonly Debuggee[]): Debuggee | null {
  const worthy = worthDebugging(debuggees);
  const same = worthy.filter((one) => one.label === label);
  const [only] = same.length > 0 ? same : worthy;
  return same.length > 1 || (same.length === 0 && worthy.length > 1) ? null : (only ?? null);
}

/** How a debugger gets into it, by what its command line says. */
export function entryOf({ args, nodeOptions }: ProcessFacts, language: Debuggee["language"]): Entry {
  if (language === "python") return debugpyEntry(args) ?? { kind: "pid" };
  const options = [...nodeOptions.split(/\s+/), ...interpreterOptions(args)];
  if (options.includes("--disable-sigusr1")) return { kind: "refuses" };
  const ports = options.flatMap((option) => INSPECT.exec(option)?.[1] ?? []);
  // Port 0 means any free one, which no signal can ask for again.
  return { kind: "signal", port: Number(ports.at(-1)) || INSPECTOR_PORT };
}

const INSPECT = /^--(?:inspect|inspect-brk|inspect-wait|inspect-port|debug-port)=(?:.*:)?(\d+)$/;

function languageOf(executable: string): Debuggee["language"] | null {
  if (/^node(?:js)?$/.test(executable)) return "node";
  return /^(?:python|pypy)[\d.]*$/i.test(executable) ? "python" : null;
}

/** Package managers, and Node where it only watches the files of the program that it runs. */
function isLauncher(args: readonly string[]): boolean {
  const script = args.slice(1).find((word) => !word.startsWith("-")) ?? args[0] ?? "";
  if (/(?:^|[/\\ ])(?:npm|npx|yarn|pnpm|pnpx|corepack|nodemon)(?:-cli)?(?:\.c?js)?$/.test(script))
    return true;
  if (/^(?:npm|npx|yarn|pnpm)\b/.test(args[0] ?? "")) return true;
  return interpreterOptions(args).some((option) => /^--watch(?:-path)?(?:=|$)/.test(option));
}

/** The options that are Node's own, not its program's. */
function interpreterOptions(args: readonly string[]): string[] {
  const rest = args.slice(1);
  const script = rest.findIndex((word) => !word.startsWith("-"));
  return rest.slice(0, script === -1 ? rest.length : script);
}

/** Where `python -m debugpy --listen [HOST:]PORT` waits. */
function debugpyEntry(args: readonly string[]): Entry | null {
  const at = args.findIndex((word) => word === "debugpy" || /[/\\]debugpy(?:[/\\]|$)/.test(word));
  const listen = at === -1 ? -1 : args.indexOf("--listen", at);
  const [, host, port] = /^(?:(.*):)?(\d+)$/.exec(args[listen + 1] ?? "") ?? [];
  if (listen === -1 || port === undefined) return null;
  return {
    kind: "listens",
    host: host === undefined || host === "0.0.0.0" ? LOCAL : host,
    port: Number(port),
  };
}
