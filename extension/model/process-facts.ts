import type { EndedRun } from "../../daemon/protocol/ended-run.ts";
import type { ProcessSnapshot } from "../../daemon/protocol/event-stream.ts";
import { maskSecrets } from "../../daemon/protocol/secrets.ts";
import { stripAnsi } from "./ansi.ts";
import { shortDuration } from "./duration.ts";
import { t } from "./l10n.ts";
import { isOpenToOthers, type Port } from "./ports/port.ts";
import { describeExit, TOO_QUICK } from "./process-row.ts";
import { shortBytes, type Usage } from "./row-fields.ts";
import { supervisorWords } from "./supervisor-words.ts";
import { visible } from "./visible.ts";

/** What is asked of a process only when somebody wants to know it all. */
export type Closer = {
  /** Where it runs; null for where the supervisor does, or where nobody says. */
  readonly directory: string | null;
  readonly ports: readonly Port[];
  readonly usage: Usage | null;
  /** The latest first. */
  readonly runs: readonly EndedRun[];
  readonly restarts: number;
  /** The end of what it wrote to stderr, or of all that it wrote where that has no log of its own. */
  readonly lastLines: readonly string[];
};

/** Nothing was asked, or nothing answered. */
export const NOTHING_CLOSER: Closer = {
  directory: null,
  ports: [],
  usage: null,
  runs: [],
  restarts: 0,
  lastLines: [],
};

/** One fact about a process; a file is named by its path. */
export type Fact = { readonly title: string; readonly text: string; readonly kind: "text" | "code" | "file" };

/** What is known of a process, in the order in which somebody who looks for a mistake asks. */
export function factsAbout(process: ProcessSnapshot, closer: Closer, nowMs: number): Fact[] {
  return [...whatItIs(process, closer, nowMs), ...howItEnded(process, closer), ...whereItWrites(process)];
}

/** How a run ended, and after how long. */
export function describeRun({ exit, lastedMs }: EndedRun): string {
  const how = exit === null ? t("end not seen") : describeExit(exit);
  return lastedMs === null ? how : t("{0} after {1}", how, shortDuration(lastedMs));
}

/** The last lines of a log that can be shown, without colours and with nothing hidden in them. */
export function lastLinesOf(log: string, count: number): string[] {
  const { text } = stripAnsi("", log);
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return lines.slice(-count).map((line) => visible(line).slice(0, LONGEST_LINE));
}

const LONGEST_LINE = 200;

function whatItIs(process: ProcessSnapshot, { directory, ports, usage }: Closer, nowMs: number): Fact[] {
  const { command, pid, state, startedAt, outdated } = process;
  const up = state === "RUNNING" && startedAt !== null ? shortDuration(nowMs - startedAt) : "";
  return [
    ...fact(t("Command"), maskSecrets(command), "code"),
    ...fact(t("Directory"), directory ?? "", "file"),
    ...fact(t("Pid"), pid === null ? "" : String(pid), "text"),
    ...fact(t("Up"), up, "text"),
    ...fact(t("Ports"), ports.map(describePort).join(", "), "text"),
    ...fact(t("Memory"), usage === null ? "" : shortBytes(usage.memoryBytes), "text"),
    ...fact(
      t("Settings"),
      outdated ? t("older than the configuration; restart it to apply those") : "",
      "text",
    ),
  ];
}

function howItEnded({ exit, spawnError }: ProcessSnapshot, { runs, restarts }: Closer): Fact[] {
  const last = runs[0] === undefined ? (exit === null ? "" : describeExit(exit)) : describeRun(runs[0]);
  return [
    ...fact(t("Last end"), last, "text"),
    ...fact(
      t("Spawn error"),
      exit !== null && spawnError?.startsWith(TOO_QUICK) ? "" : supervisorWords(spawnError ?? ""),
      "text",
    ),
    ...fact(t("Restarts"), restarts === 0 ? "" : String(restarts), "text"),
  ];
}

function whereItWrites({ stdoutLogfile, stderrLogfile }: ProcessSnapshot): Fact[] {
  return [
    ...fact(t("Output"), stdoutLogfile ?? "", "file"),
    ...fact(t("Errors"), stderrLogfile ?? "", "file"),
  ];
}

function describePort(port: Port): string {
  return isOpenToOthers(port) ? t("{0} (open to other machines)", port.port) : String(port.port);
}

function fact(title: string, text: string, kind: Fact["kind"]): Fact[] {
  return text === "" ? [] : [{ title, text, kind }];
}
