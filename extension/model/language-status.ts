import type { Plan } from "../../daemon/protocol/plan.ts";
import { conditionOf } from "./condition.ts";
import { t } from "./l10n.ts";
import { canUpdate, pendingSummary } from "./pending.ts";
import { problemWords } from "./problem-words.ts";
import type { Server } from "./server.ts";

/** What the editor says of the configuration that is open: which supervisor it is for, and what is wrong with it as a whole. */
export type LanguageStatus = {
  readonly text: string;
  readonly detail: string;
  readonly severity: "information" | "warning" | "error";
  readonly act: "update" | "startServer" | "focus" | null;
};

/** The status of a file; `server` is null for one that no configuration of the window includes. */
export function languageStatus(server: Server | null, plan: Plan | null, dialect: string): LanguageStatus {
  const readAs = t("read as Supervisor {0}", dialect);
  if (server === null) return { text: "Supervisord", detail: readAs, severity: "information", act: null };
  const { pending } = server;
  const includes = includeProblems(plan);
  const detail = [supervisorOf(server), readAs, ...includes].join(" · ");
  const text = pending ? pendingSummary(pending) : conditionOf(server.state.kind);
  if (pending?.kind === "refused" || server.state.kind === "failed")
    return { text, detail, severity: "error", act: "focus" };
  if (pending && canUpdate(pending)) return { text, detail, severity: "warning", act: "update" };
  const severity = includes.length > 0 ? "warning" : "information";
  return { text, detail, severity, act: server.state.kind === "notRunning" ? "startServer" : "focus" };
}

function supervisorOf({ key, state }: Server): string {
  if (state.kind !== "connected") return key;
  const { info, address } = state;
  return info === null
    ? t("{0}, a supervisord at {1}", key, address)
    : t("{0}, daemon {1} with PID {2}", key, info.build, info.pid);
}

function includeProblems(plan: Plan | null): string[] {
  const problems = plan?.problems.filter(({ code }) => code.startsWith("include.")) ?? [];
  const [first] = problems;
  return first === undefined ? [] : [problemWords(first)];
}
