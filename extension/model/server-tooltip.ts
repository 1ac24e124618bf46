import type { ProcessSnapshot } from "../../daemon/protocol/event-stream.ts";
import { conditionOf } from "./condition.ts";
import { t } from "./l10n.ts";
import type { Connected, Server } from "./server.ts";
import { supervisorWords } from "./supervisor-words.ts";

/** What hovering a server tells: where it is, who it is, and why it cannot be reached. Lines of plain text. */
export function serverTooltip({ key, configFile, url, state }: Server): string {
  const place = configFile ?? url ?? "";
  const lines = [key, ...(place === key ? [] : [place])];
  switch (state.kind) {
    case "connected":
      return [...lines, ...connectionLines(state)].join("\n");
    case "failed":
    case "unreachable":
      return [...lines, conditionOf(state.kind), supervisorWords(state.reason)].join("\n");
    case "notRunning":
      return [...lines, absence(url)].join("\n");
    case "looking":
    case "starting":
      return [...lines, conditionOf(state.kind)].join("\n");
  }
}

/** What hovering a group tells: each of its processes with its state. Lines of plain text. */
export function groupTooltip(label: string, processes: readonly ProcessSnapshot[]): string {
  return [label, ...processes.map(({ name, state }) => `${name}: ${state}`)].join("\n");
}

function connectionLines({ address, info }: Connected): string[] {
  const reached = t("Connected by {0}", address);
  if (info === null)
    return [reached, t("It tells no changes by itself: it is asked while this view is open.")];
  return [reached, t("Supervisor {0}, pid {1}", info.version, info.pid)];
}

function absence(url: string | null): string {
  if (url === null) return conditionOf("notRunning");
  return t("Nobody answers at {0}. It is looked for again while this view is open.", url);
}
