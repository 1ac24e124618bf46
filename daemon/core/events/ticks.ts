/** The lengths of the time slices that TICK events tell, in seconds. */
export const TICK_PERIODS = [5, 60, 3600] as const;

export type TickPeriod = (typeof TICK_PERIODS)[number];

/** The start of the slice that `now` lies in; both in epoch seconds. */
export function timeSlice(period: TickPeriod, now: number): number {
  return Math.floor(now / period) * period;
}

/** When the next slice of any of the periods begins, in epoch seconds; null where none is wanted. */
export function nextTickAt(periods: readonly TickPeriod[], now: number): number | null {
  if (periods.length === 0) return null;
  return Math.min(...periods.map((period) => timeSlice(period, now) + period));
}
