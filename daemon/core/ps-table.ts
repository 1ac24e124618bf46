import type { TreeEntry } from "./process-tree.ts";

/**
 * Processes as `ps -axo pid=,ppid=,pgid=,stat=,lstart=` of macOS and the BSDs tells them, without dead ones. It tells
 * process groups, which a program leads as it leads its session.
 */
export function parsePs(text: string): TreeEntry[] {
  return text.split("\n").flatMap((line) => {
    const [pid, ppid, group, state, ...startTime] = line.trim().split(/\s+/);
    if (pid === undefined || state === undefined || state.startsWith("Z")) return [];
    const numbers = { pid: Number(pid), ppid: Number(ppid), group: Number(group), session: Number(group) };
    return [{ ...numbers, startTime: startTime.join(" ") }];
  });
}
