import { makeNamespec } from "../../daemon/protocol/names.ts";
import { needsAttention } from "./attention.ts";
import { t } from "./l10n.ts";
import { escapeMarkdown } from "./markdown.ts";
import { canUpdate, pendingSummary } from "./pending.ts";
import { endFacts } from "./process-row.ts";
import type { Server } from "./server.ts";
import { targetId } from "./target.ts";
import { visible } from "./visible.ts";

/** The commands that links of the tooltip run. */
export const STATUS_COMMANDS = [
  "supervisord.showOutput",
  "supervisord.restart",
  "supervisord.update",
  "supervisord.showChanges",
] as const;

type StatusCommand = (typeof STATUS_COMMANDS)[number];

const FAILURES_SHOWN = 8;

/** What hovering the status bar tells, in Markdown: what fails and what waits for an update, with links to act on it. */
export function statusTooltip(heading: string, servers: readonly Server[]): string {
  const failures = servers.flatMap(failuresOf);
  const more = failures.length - FAILURES_SHOWN;
  return [
    `**${escapeMarkdown(heading)}**`,
    ...failures.slice(0, FAILURES_SHOWN),
    ...(more > 0 ? [t("{0} more failed.", more)] : []),
    ...servers.flatMap(updateOf),
  ].join("\n\n");
}

function failuresOf({ key, state }: Server): string[] {
  if (state.kind !== "connected") return [];
  return [...state.processes.values()].filter(needsAttention).map((process) => {
    const { group, name } = process;
    const id = targetId({ kind: "process", server: key, group, name });
    const [end] = endFacts(process);
    const why = end === undefined ? process.state : `${process.state}: ${visible(end)}`;
    const links = [
      linkTo(t("Show Log"), "supervisord.showOutput", id),
      linkTo(t("Restart"), "supervisord.restart", id),
    ];
    return `$(error) ${escapeMarkdown(`${makeNamespec(group, name)} · ${why}`)} — ${links.join(" · ")}`;
  });
}

function updateOf(server: Server): string[] {
  const { key, pending } = server;
  if (!pending || !canUpdate(pending)) return [];
  const id = targetId({ kind: "server", server: key });
  const links = [
    linkTo(t("Show Changes"), "supervisord.showChanges", id),
    linkTo(t("Update"), "supervisord.update", id),
  ];
  return [`$(sync) ${escapeMarkdown(`${key} · ${pendingSummary(pending)}`)} — ${links.join(" · ")}`];
}

function linkTo(words: string, command: StatusCommand, id: string): string {
  return `[${escapeMarkdown(words)}](command:${command}?${encodeURIComponent(JSON.stringify([id]))})`;
}
