import type { ProcessSnapshot } from "../../daemon/protocol/event-stream.ts";
import { makeNamespec } from "../../daemon/protocol/names.ts";
import { maskSecrets } from "../../daemon/protocol/secrets.ts";
import { shortDuration } from "./duration.ts";
import { describeExit } from "./process-row.ts";

/** What hovering a process tells, in Markdown; `linkOf` gives the address that opens a file. */
export function processTooltip(
  process: ProcessSnapshot,
  nowMs: number,
  linkOf: (path: string) => string,
): string {
  const facts: [string, string | null][] = [
    ["Command", process.command === "" ? null : code(maskSecrets(process.command))],
    ["Pid", process.pid === null ? null : String(process.pid)],
    ["Up", upFor(process, nowMs)],
    ["Settings", process.outdated ? "older than the configuration; restart it to apply those" : null],
    ["Last end", process.exit === null ? null : escapeMarkdown(describeExit(process.exit))],
    ["Spawn error", process.spawnError === null ? null : escapeMarkdown(process.spawnError)],
    ["Output", fileLink(process.stdoutLogfile, linkOf)],
    ["Errors", fileLink(process.stderrLogfile, linkOf)],
  ];
  const lines = facts.flatMap(([title, text]) => (text === null ? [] : [`${title}: ${text}`]));
  const heading = `**${escapeMarkdown(makeNamespec(process.group, process.name))}** ${process.state}`;
  return [heading, ...lines].join("  \n");
}

/** Text with every character that Markdown gives a meaning to made plain. */
function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!|<>~$&]/g, "\\$&").replace(/\s+/g, " ");
}

/** A code span that holds the text whatever backticks are in it. */
function code(text: string): string {
  const line = text.replace(/\s+/g, " ");
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return longest === 0 ? `${fence}${line}${fence}` : `${fence} ${line} ${fence}`;
}

function upFor(process: ProcessSnapshot, nowMs: number): string | null {
  if (process.state !== "RUNNING" || process.startedAt === null) return null;
  return shortDuration(nowMs - process.startedAt);
}

function fileLink(path: string | null, linkOf: (path: string) => string): string | null {
  return path === null ? null : `[${escapeMarkdown(path)}](${linkOf(path)})`;
}
