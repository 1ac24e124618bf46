import { ENDED_RUNS_KEPT } from "../../daemon/protocol/ended-run.ts";
import type { ProcessSnapshot } from "../../daemon/protocol/event-stream.ts";
import { makeNamespec } from "../../daemon/protocol/names.ts";
import { t } from "./l10n.ts";
import { type Closer, describeRun, factsAbout } from "./process-facts.ts";

/** All that is known of a process, as a text for the editor; `clock` words an instant. */
export function processDetails(
  process: ProcessSnapshot,
  closer: Closer,
  nowMs: number,
  clock: (instantMs: number) => string,
): string {
  const name = makeNamespec(process.group, process.name);
  const facts = factsAbout(process, closer, nowMs).map(({ title, text }) => `  ${title}: ${text}`);
  const runs = closer.runs.map((run) => `  ${clock(run.endedAt)}  ${describeRun(run)}`);
  const none = `  ${t("none that was seen")}`;
  const sections = [
    [`${name}: ${process.state}`, ...facts],
    [t("Ended (the last {0})", ENDED_RUNS_KEPT), ...(runs.length === 0 ? [none] : runs)],
    ...(closer.lastLines.length === 0
      ? []
      : [[t("Last lines:"), ...closer.lastLines.map((line) => `  ${line}`)]]),
  ];
  return `${sections.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}
