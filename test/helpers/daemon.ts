import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { onTestFinished } from "vitest";
import type { ServerAddress } from "../../daemon/client/address.ts";
import { followEvents } from "../../daemon/client/event-stream.ts";
import { createRpcClient, type RpcClient } from "../../daemon/client/rpc.ts";
import type {
  LogChannel,
  PresentFault,
  ProcessSnapshot,
  StreamEvent,
} from "../../daemon/protocol/event-stream.ts";
import type { StateName } from "../../daemon/protocol/states.ts";
import { scratchFolder } from "./scratch.ts";

/** The bundled daemon, as users run it. */
export const SUPERVISORD = resolve("dist/daemon/supervisord.cjs");

/** A daemon of ours in the foreground on a configuration of its own. */
export type TestDaemon = {
  readonly folder: string;
  readonly configFile: string;
  readonly socket: string;
  readonly address: ServerAddress;
  readonly rpc: RpcClient;
  readonly process: ChildProcess;
  /** All that it printed. */
  readonly output: () => string;
  readonly ended: Promise<number | null>;
};

/** Environment for daemons of tests: their runtime folders are in the scratch folder, and gone with it. */
export function testEnvironment(folder: string): NodeJS.ProcessEnv {
  return { ...process.env, XDG_RUNTIME_DIR: folder };
}

/** The configuration around programs: a socket, and logs in `folder`. */
export function configAround(folder: string, programs: string): string {
  return `[unix_http_server]
file=${folder}/s.sock
[supervisord]
logfile=${folder}/supervisord.log
pidfile=${folder}/supervisord.pid
childlogdir=${folder}
loglevel=debug
[rpcinterface:supervisor]
supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface
[supervisorctl]
serverurl=unix://${folder}/s.sock
${programs}`;
}

/** Starts a daemon on these programs and waits until it serves requests. It is gone when the test is over. */
export async function startDaemon(
  programs: string,
  args: readonly string[] = [],
  environment: NodeJS.ProcessEnv = {},
): Promise<TestDaemon> {
  const folder = scratchFolder();
  const configFile = join(folder, "supervisord.conf");
  writeFileSync(configFile, configAround(folder, programs));
  return startDaemonOn(folder, configFile, args, environment);
}

/** The same for a configuration file that is there already, with its socket at `folder/s.sock`; `wrapper` executes it. */
export async function startDaemonOn(
  folder: string,
  configFile: string,
  args: readonly string[] = [],
  environment: NodeJS.ProcessEnv = {},
  wrapper: readonly string[] = [],
): Promise<TestDaemon> {
  const command = [...wrapper, process.execPath, SUPERVISORD, "-n", "-c", configFile, ...args];
  const child = spawn(command[0] ?? "", command.slice(1), {
    cwd: folder,
    env: { ...testEnvironment(folder), ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  const ended = new Promise<number | null>((done) => child.on("close", done));
  onTestFinished(async () => {
    if (child.exitCode === null) child.kill("SIGTERM");
    await ended;
  });
  await listening(child, () => output);
  const socket = join(folder, "s.sock");
  const address: ServerAddress = { kind: "unix", path: socket };
  return {
    folder,
    configFile,
    socket,
    address,
    rpc: createRpcClient(address),
    process: child,
    output: () => output,
    ended,
  };
}

/** Collects the events of a daemon, and waits for some. */
export type EventLog = {
  readonly events: readonly StreamEvent[];
  /** Resolves to the first event, past or to come, that is wanted. */
  readonly next: <T extends StreamEvent["type"]>(
    type: T,
    wanted?: (event: Extract<StreamEvent, { type: T }>) => boolean,
  ) => Promise<Extract<StreamEvent, { type: T }>>;
  /** Resolves once the process is in that state, by events that came after the last call. */
  readonly state: (name: string, state: StateName) => Promise<ProcessSnapshot>;
  /** The text of a process's output so far. */
  readonly text: (name: string, channel?: LogChannel) => string;
};

/** Follows a daemon's events until the test is over. */
export function watch(address: ServerAddress, query: Parameters<typeof followEvents>[1] = {}): EventLog {
  const events: StreamEvent[] = [];
  const waiting = new Set<() => void>();
  const stream = followEvents(address, query, {
    onEvent: (event) => {
      events.push(event);
      for (const check of [...waiting]) check();
    },
    onStatus: () => {},
  });
  onTestFinished(() => stream.close());
  const find = <T>(look: () => T | undefined): Promise<T> =>
    new Promise((done) => {
      const check = () => {
        const found = look();
        if (found === undefined) return;
        waiting.delete(check);
        done(found);
      };
      waiting.add(check);
      check();
    });
  let seen = 0;
  return {
    events,
    next: (type, wanted = () => true) =>
      find(() =>
        events.find(
          (event): event is Extract<StreamEvent, { type: typeof type }> =>
            event.type === type && wanted(event as never),
        ),
      ),
    state: (name, state) =>
      find(() => {
        const at = events.findIndex((event, i) => i >= seen && processIn(event, name)?.state === state);
        if (at === -1) return undefined;
        seen = at + 1;
        return processIn(events[at], name);
      }),
    text: (name, channel) =>
      events
        .filter((event) => event.type === "log")
        .filter((event) => event.name === name && (channel === undefined || event.channel === channel))
        .map((event) => event.text)
        .join(""),
  };
}

/** What is wrong by the last that the stream told. */
export function faultsIn({ events }: EventLog): readonly PresentFault[] {
  return events.flatMap((event) => ("server" in event ? [event.server] : [])).at(-1)?.faults ?? [];
}

/** Whether a process of that id lives; one that only waits to be reaped does not. */
export function isAlive(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return !stat.slice(stat.lastIndexOf(")") + 2).startsWith("Z");
  } catch {
    return false;
  }
}

function processIn(event: StreamEvent | undefined, name: string): ProcessSnapshot | undefined {
  if (event?.type === "process") return event.process.name === name ? event.process : undefined;
  if (event?.type === "snapshot" || event?.type === "added")
    return event.processes.find((p) => p.name === name);
  return undefined;
}

function listening(child: ChildProcess, output: () => string): Promise<void> {
  return new Promise((done, failed) => {
    const check = () => {
      if (output().includes("supervisord started with pid")) done();
    };
    child.stdout?.on("data", check);
    child.on("close", (code) => failed(new Error(`supervisord ended with ${code}: ${output()}`)));
  });
}
