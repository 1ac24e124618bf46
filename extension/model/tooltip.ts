import type { ProcessSnapshot } from "../../daemon/protocol/event-stream.ts";
import { makeNamespec } from "../../daemon/protocol/names.ts";
import { fittingActs } from "./acts.ts";
import { t } from "./l10n.ts";
import { codeBlock, codeSpan, escapeMarkdown } from "./markdown.ts";
import { type Closer, describeRun, type Fact, factsAbout } from "./process-facts.ts";

/** Addresses that a tooltip's links lead to; null for a file that is on another machine. */
export type TooltipLinks = {
  readonly file: (path: string) => string | null;
  readonly command: (command: TooltipCommand) => string;
  readonly clock: (instantMs: number) => string;
};

/** The commands that a tooltip offers. */
export const TOOLTIP_COMMANDS = [
  "supervisord.start",
  "supervisord.stop",
  "supervisord.restart",
  "supervisord.showOutput",
  "supervisord.openInBrowser",
  "supervisord.showDetails",
] as const;

type TooltipCommand = (typeof TOOLTIP_COMMANDS)[number];

const RUNS_SHOWN = 4;

/** What hovering a process tells, in Markdown. */
export function processTooltip(
  process: ProcessSnapshot,
  closer: Closer,
  nowMs: number,
  links: TooltipLinks,
): string {
  const heading = `**${escapeMarkdown(makeNamespec(process.group, process.name))}** ${process.state}`;
  const facts = factsAbout(process, closer, nowMs).map((fact) => factLine(fact, links));
  const parts = [[heading, ...facts].join("  \n"), ...endings(closer, links)];
  if (closer.lastLines.length > 0) parts.push(`${t("Last lines:")}\n\n${codeBlock(closer.lastLines)}`);
  return [...parts, commandLine(process, closer, links)].join("\n\n");
}

function factLine({ title, text, kind }: Fact, links: TooltipLinks): string {
  if (kind === "code") return `${title}: ${codeSpan(text)}`;
  const address = kind === "file" ? links.file(text) : null;
  return `${title}: ${address === null ? escapeMarkdown(text) : `[${escapeMarkdown(text)}](${address})`}`;
}

/** The last end is a fact of its own; those before show whether it is always the same. */
function endings({ runs }: Closer, { clock }: TooltipLinks): string[] {
  if (runs.length < 2) return [];
  const shown = runs.slice(0, RUNS_SHOWN);
  return [shown.map((run) => `- ${escapeMarkdown(`${clock(run.endedAt)} ${describeRun(run)}`)}`).join("\n")];
}

function commandLine(process: ProcessSnapshot, { ports }: Closer, { command }: TooltipLinks): string {
  const acts = fittingActs([process]);
  const offered: readonly (readonly [TooltipCommand, string, boolean])[] = [
    ["supervisord.start", t("Start"), acts.includes("start")],
    ["supervisord.stop", t("Stop"), acts.includes("stop")],
    ["supervisord.restart", t("Restart"), acts.includes("restart")],
    ["supervisord.showOutput", t("Show Output"), true],
    ["supervisord.openInBrowser", t("Open in Browser"), ports.length > 0],
    ["supervisord.showDetails", t("Details"), true],
  ];
  return offered
    .filter(([, , fits]) => fits)
    .map(([id, title]) => `[${escapeMarkdown(title)}](${command(id)})`)
    .join(" · ");
}
