/** A process of this machine; `startTime` is in the system's own words, good for nothing but comparing. */
export type MachineProcess = {
  readonly pid: number;
  readonly ppid: number;
  readonly group: number;
  readonly session: number;
  readonly startTime: string;
};

/** A program with all that it started, the program first: its descendants, its session and its process group. */
export function treeOf(processes: readonly MachineProcess[], root: number): number[] {
  const children = Map.groupBy(processes, ({ ppid }) => ppid);
  const found = new Set<number>();
  const near = processes.filter(({ group, session }) => group === root || session === root);
  const queue = processes.filter(({ pid }) => pid === root);
  if (queue.length > 0) queue.push(...near);
  for (const { pid } of queue) {
    if (found.has(pid)) continue;
    found.add(pid);
    queue.push(...(children.get(pid) ?? []));
  }
  return [...found];
}

/** Of processes that share something, the one that the others have it from; null for none. */
export function eldestOf(processes: readonly MachineProcess[]): MachineProcess | null {
  const pids = new Set(processes.map(({ pid }) => pid));
  return processes.find(({ ppid }) => !pids.has(ppid)) ?? null;
}

/** What Linux tells of a process in `/proc/PID/stat`; null for one that has ended and waits to be reaped. */
export function parseStat(pid: number, text: string): MachineProcess | null {
  // The name before may hold anything, also parentheses; these begin with the third field of proc_pid_stat(5).
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const [state = "", ppid, group, session] = fields;
  if (state === "Z" || state === "X" || state === "") return null;
  return {
    pid,
    ppid: Number(ppid),
    group: Number(group),
    session: Number(session),
    startTime: fields[19] ?? "",
  };
}

/** Processes as `ps -axo pid=,ppid=,pgid=,stat=,lstart=` tells them, which knows no sessions. */
export function parsePs(text: string): MachineProcess[] {
  return text.split("\n").flatMap((line) => {
    const [pid, ppid, group, state, ...startTime] = line.trim().split(/\s+/);
    if (pid === undefined || state === undefined || state.startsWith("Z")) return [];
    return [
      {
        pid: Number(pid),
        ppid: Number(ppid),
        group: Number(group),
        session: Number(group),
        startTime: startTime.join(" "),
      },
    ];
  });
}
