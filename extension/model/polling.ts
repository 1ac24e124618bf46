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
