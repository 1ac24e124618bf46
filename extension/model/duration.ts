import { t } from "./l10n.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A length of time in short: `12s`, `3m`, `2h 5m`, `3d 4h`. */
export function shortDuration(lengthMs: number): string {
  if (lengthMs < MINUTE) return t("{0}s", Math.floor(Math.max(0, lengthMs) / SECOND));
  if (lengthMs < HOUR) return t("{0}m", Math.floor(lengthMs / MINUTE));
  if (lengthMs < DAY)
    return t("{0}h {1}m", Math.floor(lengthMs / HOUR), Math.floor((lengthMs % HOUR) / MINUTE));
  return t("{0}d {1}h", Math.floor(lengthMs / DAY), Math.floor((lengthMs % DAY) / HOUR));
}

/** For how long something runs, as its row shows it: in steps, for a row that is drawn again loses its tooltip. */
export function roughDuration(lengthMs: number): string {
  const step = stepOf(lengthMs);
  if (step < MINUTE) return t("<1m");
  if (step < HOUR) return t("{0}m+", step / MINUTE);
  return step < DAY ? t("{0}h+", step / HOUR) : t("{0}d+", step / DAY);
}

/** The same for a screen reader. */
export function spokenDuration(lengthMs: number): string {
  const step = stepOf(lengthMs);
  if (step < MINUTE) return t("less than a minute");
  if (step < HOUR) return t("over {0}", minutes(step / MINUTE));
  return t("over {0}", step < DAY ? hours(step / HOUR) : days(step / DAY));
}

/** How long the two of a growing length keep saying the same. */
export function msUntilDurationChanges(lengthMs: number): number {
  return nextStep(stepOf(lengthMs)) - Math.max(0, lengthMs);
}

/** In the first hour; then each hour is one, and after a day each day. */
const FIRST_STEPS = [0, MINUTE, 5 * MINUTE, 15 * MINUTE, 30 * MINUTE];

function stepOf(lengthMs: number): number {
  const unit = lengthMs < DAY ? HOUR : DAY;
  return lengthMs < HOUR
    ? (FIRST_STEPS.findLast((step) => step <= lengthMs) ?? 0)
    : Math.floor(lengthMs / unit) * unit;
}

function nextStep(step: number): number {
  return FIRST_STEPS.find((next) => next > step) ?? (step < HOUR ? HOUR : step + (step < DAY ? HOUR : DAY));
}

/** `1 program`, `2 programs`. */
export function programs(amount: number): string {
  return amount === 1 ? t("1 program") : t("{0} programs", amount);
}

function minutes(amount: number): string {
  return amount === 1 ? t("1 minute") : t("{0} minutes", amount);
}

function hours(amount: number): string {
  return amount === 1 ? t("1 hour") : t("{0} hours", amount);
}

function days(amount: number): string {
  return amount === 1 ? t("1 day") : t("{0} days", amount);
}
