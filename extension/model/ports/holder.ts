import { makeNamespec } from "../../../daemon/protocol/names.ts";
import { t } from "../l10n.ts";
import { type MachineProcess, treeOf } from "../machine-process.ts";
import type { Server } from "../server.ts";
import type { Target } from "../target.ts";

type ProcessTarget = Extract<Target, { readonly kind: "process" }>;

/** Who holds a port that another program wants. */
export type PortHolder =
  /** A program of a server of this window. */
  | { readonly kind: "program"; readonly target: ProcessTarget; readonly pid: number }
  /** A program that an earlier daemon left running; `id` is that of its row. */
  | { readonly kind: "leftBehind"; readonly server: string; readonly name: string; readonly pid: number }
  /** The supervisor of this window's server itself. */
  | { readonly kind: "supervisor"; readonly server: string; readonly pid: number }
  /** No supervisor of this window runs it now. */
  | {
      readonly kind: "stranger";
      readonly pid: number;
      readonly startTime: string;
      readonly command: string;
      readonly origin: Origin;
    }
  /** A process of another user, which the system does not show. */
  | { readonly kind: "hidden"; readonly uid: number | null };

/** Who started a process that no supervisor of this window runs. */
export type Origin =
  | { readonly kind: "unknown" }
  /** An earlier run of a program of this window left it behind. */
  | { readonly kind: "earlierRun"; readonly program: string }
  /** It is a program of a supervisord that is not in this window. */
  | { readonly kind: "elsewhere"; readonly program: string };

/** What supervisors write into the environment of what they start; null for what is not there. */
export type Marks = {
  readonly group: string | null;
  readonly name: string | null;
  /** The address of the supervisor. */
  readonly url: string | null;
  /** What a daemon of ours knows its runs by. */
  readonly run: string | null;
};

/** A supervisor of this window, by what it marks its programs with; `daemon` is null for a real supervisord. */
export type Marking = { readonly url: string; readonly daemon: string | null };

/** Who started a process, by the marks in its environment. */
export function originOf({ group, name, url, run }: Marks, markings: readonly Marking[]): Origin {
  if (group === null || name === null) return { kind: "unknown" };
  const program = makeNamespec(group, name);
  const isOfWindow = markings.some((one) =>
    one.daemon === null ? url === one.url : (run?.startsWith(`${one.daemon}:`) ?? false),
  );
  return { kind: isOfWindow ? "earlierRun" : "elsewhere", program };
}

/** Which of what the window's servers run a process belongs to; null for a stranger. The servers are on this machine. */
export function ownerOf(
  servers: readonly Server[],
  processes: readonly MachineProcess[],
  pid: number,
): Exclude<PortHolder, { readonly kind: "stranger" | "hidden" }> | null {
  for (const { key, state } of servers) {
    if (state.kind !== "connected") continue;
    for (const { group, name, pid: root } of state.processes.values()) {
      if (root !== null && treeOf(processes, root).includes(pid))
        return { kind: "program", target: { kind: "process", server: key, group, name }, pid };
    }
    const left = state.info?.leftBehind.find((one) => treeOf(processes, one.pid).includes(pid));
    if (left !== undefined) return { kind: "leftBehind", server: key, name: left.name, pid: left.pid };
    if (state.info?.pid === pid) return { kind: "supervisor", server: key, pid };
  }
  return null;
}

/** Says who holds the port that a program wants, as a sentence. */
export function describeHolder(wanted: string, port: number, holder: PortHolder): string {
  switch (holder.kind) {
    case "program": {
      const { server, group, name } = holder.target;
      return t(
        "Port {0}, which {1} wants, is held by {2} of {3} (pid {4}).",
        port,
        wanted,
        makeNamespec(group, name),
        server,
        holder.pid,
      );
    }
    case "leftBehind":
      return t(
        "Port {0}, which {1} wants, is held by {2} (pid {3}), which an earlier daemon of {4} left running.",
        port,
        wanted,
        holder.name,
        holder.pid,
        holder.server,
      );
    case "supervisor":
      return t(
        "Port {0}, which {1} wants, is held by the supervisord of {2} itself.",
        port,
        wanted,
        holder.server,
      );
    case "stranger":
      return describeStranger(wanted, port, holder);
    case "hidden":
      return t(
        "Port {0}, which {1} wants, is held by a process of another user (uid {2}), which cannot be seen from here.",
        port,
        wanted,
        holder.uid ?? "?",
      );
  }
}

function describeStranger(
  wanted: string,
  port: number,
  { command, pid, origin }: Extract<PortHolder, { readonly kind: "stranger" }>,
): string {
  switch (origin.kind) {
    case "unknown":
      return t(
        "Port {0}, which {1} wants, is held by a process that belongs to no program of this window: {2} (pid {3}).",
        port,
        wanted,
        command,
        pid,
      );
    case "earlierRun":
      return t(
        "Port {0}, which {1} wants, is held by {2} (pid {3}), which an earlier run of {4} left behind.",
        port,
        wanted,
        command,
        pid,
        origin.program,
      );
    case "elsewhere":
      return t(
        "Port {0}, which {1} wants, is held by {2} (pid {3}), the program {4} of a supervisord that is not in this window.",
        port,
        wanted,
        command,
        pid,
        origin.program,
      );
  }
}
