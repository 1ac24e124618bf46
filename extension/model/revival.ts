import { programs } from "./duration.ts";
import { t } from "./l10n.ts";
import { type ProcessTable, processKey } from "./process-table.ts";
import type { Connected, ServerState } from "./server.ts";

/** What became of a daemon that died, and was started again by itself or not. */
export type Revival =
  | { readonly kind: "takenOver"; readonly kept: number; readonly lost: readonly string[] }
  /** Another configuration than the one that ran is only started when somebody asks for it. */
  | { readonly kind: "changed" }
  | { readonly kind: "failed"; readonly reason: string }
  /** It died too often. */
  | { readonly kind: "givenUp" };

/** A connection to a daemon that an editor started, and that nobody asked to end; null for any other. */
export function mourned(lost: ServerState): Connected | null {
  if (lost.kind !== "connected" || lost.info === null) return null;
  return lost.info.isForEditor && lost.info.mood === "RUNNING" ? lost : null;
}

const MOST_REVIVALS = 3;
const REVIVALS_WITHIN_MS = 60_000;

/** The instants of the revivals that still count, with `nowMs` among them; null where there have been too many. */
export function nextRevival(instants: readonly number[], nowMs: number): readonly number[] | null {
  const recent = instants.filter((instant) => nowMs - instant < REVIVALS_WITHIN_MS);
  return recent.length < MOST_REVIVALS ? [...recent, nowMs] : null;
}

/** How the programs fared: those that a daemon had, and those that the next one has. */
export function compareLives(
  before: ProcessTable,
  after: ProcessTable,
): Extract<Revival, { kind: "takenOver" }> {
  const lived = [...before.values()].filter(({ pid }) => pid !== null);
  const lost = lived.filter((process) => after.get(processKey(process))?.pid !== process.pid);
  return { kind: "takenOver", kept: lived.length - lost.length, lost: lost.map(({ name }) => name) };
}

/** A revival as a message of the editor. */
export type RevivalMessage = {
  readonly severity: "information" | "warning" | "error";
  readonly text: string;
  readonly buttons: readonly ("start" | "showLog")[];
};

/** What the user is told of a revival, once. */
export function revivalMessage(label: string, revival: Revival): RevivalMessage {
  switch (revival.kind) {
    case "takenOver":
      return {
        severity: "warning",
        text: `${t("The supervisor daemon of {0} had died.", label)} ${fateOf(revival)}`,
        buttons: ["showLog"],
      };
    case "changed":
      return {
        severity: "warning",
        text: t(
          "The supervisor daemon of {0} had died, and its configuration has changed since. Its programs run on; start it to watch over them again.",
          label,
        ),
        buttons: ["start", "showLog"],
      };
    case "failed":
      return {
        severity: "error",
        text: t(
          "The supervisor daemon of {0} had died and cannot be started again: {1}",
          label,
          revival.reason,
        ),
        buttons: ["showLog"],
      };
    case "givenUp":
      return {
        severity: "error",
        text: t(
          "The supervisor daemon of {0} had died more than {1} times within a minute, so it is not started again. Its programs run on.",
          label,
          MOST_REVIVALS,
        ),
        buttons: ["start", "showLog"],
      };
  }
}

function fateOf({ kept, lost }: Extract<Revival, { kind: "takenOver" }>): string {
  if (kept + lost.length === 0) return t("It was started again.");
  if (lost.length > 0) return t("{0} taken over, but not {1}.", programs(kept), lost.join(", "));
  return kept === 1 ? t("Its program was taken over.") : t("Its {0} were taken over.", programs(kept));
}
