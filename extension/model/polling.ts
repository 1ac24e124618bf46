const QUICK_MS = 1000;
const SLOW_MS = 5000;
const QUICK_ROUNDS = 10;

/** How long to wait before a server that tells no changes is asked again; `quietRounds` answers showed none. */
export function pollDelayMs(quietRounds: number): number {
  return quietRounds < QUICK_ROUNDS ? QUICK_MS : SLOW_MS;
}

/** How long to wait before a supervisor that went away is looked for again; null to give up. */
export function returnDelayMs(attempt: number): number | null {
  return [100, 300, 1000, 2000][attempt] ?? null;
}

const LONGEST_RECONNECT_MS = 60_000;

/** How long to wait before one that stays away is looked for again while somebody watches: ever longer. */
export function reconnectDelayMs(attempt: number): number {
  return Math.min(1000 * 2 ** Math.min(attempt, 10), LONGEST_RECONNECT_MS);
}
