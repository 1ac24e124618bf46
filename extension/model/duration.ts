import { t } from "./l10n.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A length of time as a row shows it: `12s`, `3m`, `2h 5m`, `3d 4h`. */
export function shortDuration(lengthMs: number): string {
  if (lengthMs < MINUTE) {
    const step = secondsStep(lengthMs);
    return t("{0}s", (Math.floor(Math.max(0, lengthMs) / step) * step) / SECOND);
  }
  if (lengthMs < HOUR) return t("{0}m", Math.floor(lengthMs / MINUTE));
  if (lengthMs < DAY)
    return t("{0}h {1}m", Math.floor(lengthMs / HOUR), Math.floor((lengthMs % HOUR) / MINUTE));
  return t("{0}d {1}h", Math.floor(lengthMs / DAY), Math.floor((lengthMs % DAY) / HOUR));
}

/** The same for a screen reader, coarse so that the focused row is not read out again every second. */
export function spokenDuration(lengthMs: number): string {
  if (lengthMs < MINUTE) return t("less than a minute");
  if (lengthMs < HOUR) return minutes(Math.floor(lengthMs / MINUTE));
  return lengthMs < DAY ? hours(Math.floor(lengthMs / HOUR)) : days(Math.floor(lengthMs / DAY));
}

/** How long `shortDuration` of a growing length keeps saying the same. */
export function msUntilDurationChanges(lengthMs: number): number {
  const step = lengthMs < MINUTE ? secondsStep(lengthMs) : lengthMs < DAY ? MINUTE : HOUR;
  return step - (Math.max(0, lengthMs) % step);
}

/** A restart is seen at once, and then the rows are drawn less often: what is drawn delays what is drawn next. */
function secondsStep(lengthMs: number): number {
  return lengthMs < 10 * SECOND ? SECOND : 10 * SECOND;
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
