import { t } from "./l10n.ts";
import { canUpdate, pendingSummary } from "./pending.ts";
import { type Server, type Summary, summarise } from "./server.ts";
import { statusTooltip } from "./status-tooltip.ts";

/** The window's one status bar item. */
export type StatusBar = {
  readonly text: string;
  /** Markdown, with links that run `STATUS_COMMANDS`. */
  readonly tooltip: string;
  readonly accessibleLabel: string;
  /** True only for what will not come up again by itself. */
  readonly isError: boolean;
};

/** What the status bar says of these servers; null for nothing to say. */
export function statusBar(servers: readonly Server[]): StatusBar | null {
  if (servers.length === 0) return null;
  if (!servers.some(({ state }) => state.kind === "connected")) return withoutConnection(servers);
  const summary = summarise(servers);
  const failures = describeFailures(summary);
  const waiting = servers.flatMap(({ pending }) =>
    pending && canUpdate(pending) ? [pendingSummary(pending)] : [],
  );
  const running = t("Supervisord: {0} of {1} programs running", summary.running, summary.total);
  return {
    text: `$(server-process) ${summary.running}/${summary.total}${marks(summary)}${waiting.map((one) => ` $(sync) ${one}`).join("")}`,
    tooltip: statusTooltip(running, servers),
    accessibleLabel: [running, ...failures, ...waiting].join(", "),
    isError: summary.fatal.length > 0,
  };
}

/** What the badge on the view's icon counts; null for no badge. */
export function badge(summary: Summary): { readonly value: number; readonly tooltip: string } | null {
  const value = summary.fatal.length + summary.backingOff.length;
  return value === 0 ? null : { value, tooltip: describeFailures(summary).join("\n") };
}

function withoutConnection(servers: readonly Server[]): StatusBar {
  const starting = servers.some(({ state }) => state.kind === "starting");
  const condition = starting ? t("Supervisord: starting") : t("Supervisord: not running");
  return {
    text: starting ? "$(loading~spin) supervisord" : `$(server-process) ${t("off")}`,
    tooltip: statusTooltip(condition, servers),
    accessibleLabel: condition,
    isError: false,
  };
}

function marks({ fatal, backingOff }: Summary): string {
  const failed = fatal.length === 0 ? "" : ` $(error) ${fatal.length}`;
  return backingOff.length === 0 ? failed : `${failed} $(warning) ${backingOff.length}`;
}

function describeFailures({ fatal, backingOff }: Summary): string[] {
  const lines: string[] = [];
  if (fatal.length > 0) lines.push(t("failed: {0}", fatal.join(", ")));
  if (backingOff.length > 0) lines.push(t("waiting to try again: {0}", backingOff.join(", ")));
  return lines;
}
