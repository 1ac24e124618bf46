import { stackOf } from "../core/stack-of.ts";
import type { Daemon } from "../server/daemon.ts";

/** Does what signals ask for, as Supervisor does. Returns how to stop listening. */
export function listenToSignals(daemon: Daemon): () => void {
  const handlers = handlersOf(daemon);
  // An error that nobody expected must not take the programs down with the daemon.
  const onError = (error: unknown) => {
    daemon.log.write("critical", `unexpected error, going on: ${stackOf(error)}`);
  };
  process.on("uncaughtException", onError);
  for (const [signal, handler] of handlers) process.on(signal, handler);
  return () => {
    process.off("uncaughtException", onError);
    for (const [signal, handler] of handlers) process.off(signal, handler);
  };
}

function handlersOf(daemon: Daemon): readonly (readonly [NodeJS.Signals, () => void])[] {
  const exit = (name: NodeJS.Signals) => () => {
    daemon.log.write("warn", `received ${name} indicating exit request`);
    daemon.shutdown();
  };
  return [
    ["SIGTERM", exit("SIGTERM")],
    ["SIGINT", exit("SIGINT")],
    ["SIGQUIT", exit("SIGQUIT")],
    ["SIGHUP", () => restart(daemon)],
    ["SIGUSR2", () => reopenLogs(daemon)],
  ];
}

function restart(daemon: Daemon): void {
  if (daemon.supervisor.mood === "SHUTDOWN") {
    daemon.log.write("warn", "ignored SIGHUP indicating restart request (shutdown in progress)");
    return;
  }
  daemon.log.write("warn", "received SIGHUP indicating restart request");
  daemon.restart();
}

function reopenLogs({ log, supervisor }: Daemon): void {
  log.write("info", "received SIGUSR2 indicating log reopen request");
  log.write("info", "supervisord logreopen");
  try {
    log.file?.reopen();
    for (const runner of supervisor.runners()) {
      runner.stdout.reopenLog();
      runner.stderr?.reopenLog();
    }
  } catch (error) {
    log.write("error", `could not reopen a log: ${String(error)}`);
  }
}
