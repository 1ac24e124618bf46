import type { Configuration } from "../config/configuration.ts";
import { repr } from "../config/python/repr.ts";
import type { ActivityLog } from "../io/activity-log.ts";
import type { Arguments } from "./arguments.ts";
import type { Reporter } from "./background.ts";
import { nothingCarried } from "./continuity.ts";
import { explainRefusal, type Loaded, loadConfiguration } from "./load.ts";
import type { Notice } from "./prepare.ts";
import { run } from "./run.ts";

/** Runs the daemon, over and over as long as it is asked to restart. `report` is null in the foreground. */
export async function runDaemon(
  first: Loaded,
  accepted: Configuration,
  args: Arguments,
  report: Reporter | null,
): Promise<void> {
  // Paths in the file stay relative to where the daemon was started, wherever it goes.
  const cwd = process.cwd();
  const reload = () => loadConfiguration(first.name, args, cwd);
  const { silent } = accepted.supervisord;
  const echo = report === null && !silent ? echoToTerminal() : null;
  const onReady = () => report?.({ type: "ready" });
  const detach = report === null ? null : (log: ActivityLog) => detachFrom(accepted, log);
  let notices = firstNotices(accepted, args, report);
  const carried = nothingCarried();
  process.on("exit", () => carried.lock.release());
  const isAskedToEnd = noteSignals();
  for (let [loaded, configuration, isFirst] = [first, accepted, true]; ; isFirst = false) {
    const { outcome, asked } = await run({
      loaded,
      configuration,
      reload,
      echo,
      onReady,
      notices,
      allowOpenTcp: args.allowOpenTcp,
      lastWindow: args.lastWindow,
      carried,
      endsAtOnce: isAskedToEnd,
      first: isFirst ? { detach } : null,
    });
    // Whoever asks for the end when programs have just been given up means them too: another run stops them.
    const isStoppedLater = isAskedToEnd() && (outcome === "keep" || outcome === "handOver");
    if (!isStoppedLater && (isAskedToEnd() || asked === "shutdown" || asked === "handOver")) return;
    const again = reload();
    notices = again.configuration === null ? [keptNotice(again)] : [];
    if (again.configuration !== null) [loaded, configuration] = [again, again.configuration];
  }
}

/** Notes that somebody wants the daemon to end, also while no run is there to hear it. */
function noteSignals(): () => boolean {
  let isAsked = false;
  for (const signal of ["SIGTERM", "SIGINT", "SIGQUIT"] as const)
    process.on(signal, () => {
      isAsked = true;
    });
  return () => isAsked;
}

/** Leaves what the daemon shares with the shell that started it. In the foreground Supervisor does none of this. */
function detachFrom({ supervisord: { directory, umask } }: Configuration, log: ActivityLog): void {
  log.write("info", "daemonizing the supervisord process");
  process.umask(umask);
  if (directory === null) return;
  try {
    process.chdir(directory);
    log.write("info", `set current directory: ${repr(directory)}`);
  } catch (error) {
    log.write("critical", `can't chdir into ${repr(directory)}: ${String(error)}`);
  }
}

function firstNotices(configuration: Configuration, args: Arguments, report: Reporter | null): Notice[] {
  const messages: string[] = [];
  if (args.profileOptions !== null)
    messages.push("profile_options has no effect: there is no Python to profile");
  if (args.umask !== null && report === null)
    messages.push("umask has no effect in the foreground, as in Supervisor");
  if (configuration.supervisord.directory !== null && report === null)
    messages.push("directory has no effect in the foreground, as in Supervisor");
  return messages.map((message) => ({ level: "info", message }));
}

/** A file that is broken by now must not keep the daemon from coming back. */
function keptNotice(refused: Loaded): Notice {
  return {
    level: "error",
    message: `the configuration is refused, so the one before stays in force: ${explainRefusal(refused)}`,
  };
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
