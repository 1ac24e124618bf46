import { makeNamespec } from "../../daemon/protocol/names.ts";
import { type Act, fits, fittingActs, processesOf } from "./acts.ts";
import { programs } from "./duration.ts";
import { t } from "./l10n.ts";
import { processRow } from "./process-row.ts";
import { processKey } from "./process-table.ts";
import type { Server } from "./server.ts";
import type { Target } from "./target.ts";

/** One line of a picker of programs. */
export type PickerItem = {
  readonly target: Target;
  readonly icon: string;
  readonly label: string;
  readonly description: string;
};

/** The programs and groups that an act fits, of all servers; for null all programs. */
export function pickerItems(servers: readonly Server[], act: Act | null, nowMs: number): PickerItem[] {
  return servers.flatMap((server) => {
    const suffix = servers.length > 1 ? ` · ${server.key}` : "";
    const items = [...processItems(server, act, nowMs), ...(act === null ? [] : groupItems(server, act))];
    return items.map((item) => ({ ...item, description: item.description + suffix }));
  });
}

/** What logs there are: of each program, of each group and of each server with all its programs. */
export function logItems(servers: readonly Server[], nowMs: number): PickerItem[] {
  return servers.flatMap((server) => {
    const all = processItems(server, null, nowMs);
    const suffix = servers.length > 1 ? ` · ${server.key}` : "";
    const items = [
      ...all,
      ...groupItems(server, null),
      ...(all.length > 1 ? [serverItem(server, all.length)] : []),
    ];
    return items.map((item) => ({ ...item, description: item.description + suffix }));
  });
}

function serverItem({ key }: Server, members: number): PickerItem {
  const target: Target = { kind: "server", server: key };
  return { target, icon: "server-process", label: t("All programs"), description: programs(members) };
}

function processItems(server: Server, act: Act | null, nowMs: number): PickerItem[] {
  const processes = processesOf([server], { kind: "server", server: server.key });
  return processes
    .filter((process) => act === null || fits(act, process))
    .map((process) => {
      const { look, description } = processRow(process, nowMs);
      const { group, name } = process;
      const target: Target = { kind: "process", server: server.key, group, name };
      return { target, icon: look.icon, label: makeNamespec(group, name), description };
    });
}

function groupItems(server: Server, act: Act | null): PickerItem[] {
  const processes = processesOf([server], { kind: "server", server: server.key });
  return [...Map.groupBy(processes, ({ group }) => group)]
    .filter(([group, members]) => members.some((member) => processKey(member) !== `${group}:${group}`))
    .filter(([, members]) => act === null || fittingActs(members).includes(act))
    .map(([group, members]) => ({
      target: { kind: "group", server: server.key, group },
      icon: "layers",
      label: `${group}:*`,
      description: t("group of {0}", programs(members.length)),
    }));
}
