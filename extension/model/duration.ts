const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A length of time as a row shows it: `12s`, `3m`, `2h 5m`, `3d 4h`. */
export function shortDuration(lengthMs: number): string {
  if (lengthMs < MINUTE) {
    const step = secondsStep(lengthMs);
    return `${(Math.floor(Math.max(0, lengthMs) / step) * step) / SECOND}s`;
  }
  if (lengthMs < HOUR) return `${Math.floor(lengthMs / MINUTE)}m`;
  if (lengthMs < DAY) return `${Math.floor(lengthMs / HOUR)}h ${Math.floor((lengthMs % HOUR) / MINUTE)}m`;
  return `${Math.floor(lengthMs / DAY)}d ${Math.floor((lengthMs % DAY) / HOUR)}h`;
}

/** The same for a screen reader, coarse so that the focused row is not read out again every second. */
export function spokenDuration(lengthMs: number): string {
  if (lengthMs < MINUTE) return "less than a minute";
  if (lengthMs < HOUR) return count(Math.floor(lengthMs / MINUTE), "minute");
  if (lengthMs < DAY) return count(Math.floor(lengthMs / HOUR), "hour");
  return count(Math.floor(lengthMs / DAY), "day");
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
export function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? "" : "s"}`;
}
