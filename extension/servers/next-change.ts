import type { Servers } from "./servers.ts";

/** Resolves with the next change in the window's servers, or after `atMostMs`. Rejects once the signal says so. */
export function nextChange(
  servers: Servers,
  signal: AbortSignal,
  atMostMs: number | null = null,
): Promise<void> {
  return new Promise((done, failed) => {
    const stop = () => {
      clearTimeout(timer);
      subscription.dispose();
      signal.removeEventListener("abort", give);
    };
    const come = () => {
      stop();
      done();
    };
    const give = () => {
      stop();
      failed(signal.reason);
    };
    const subscription = servers.onDidChange(come);
    const timer = atMostMs === null ? undefined : setTimeout(come, atMostMs);
    signal.addEventListener("abort", give);
    if (signal.aborted) give();
  });
}
