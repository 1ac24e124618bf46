import { isIPv6 } from "node:net";
import { setTimeout as after } from "node:timers/promises";

/** The first wrong password costs this many milliseconds, each one after it twice as many. */
const FIRST_DELAY_MS = 50;
const LONGEST_DELAY_MS = 5000;

/** Guesses of one address that may wait for their answers at once. */
const MOST_WAITING = 10;

/** An address that guessed nothing for so long starts over. */
const FORGET_MS = 10 * 60_000;

/** As many addresses are remembered; the one that was quiet for longest is forgotten first. */
const MOST_ADDRESSES = 1000;

type Guesses = { count: number; waiting: number; lastAt: number };

/** Makes guessing passwords slow for the address that guesses, and for nobody else. */
export class FailedLogins {
  readonly #guesses = new Map<string, Guesses>();
  readonly #now: () => number;
  readonly #sleep: (ms: number) => Promise<unknown>;

  constructor(now = Date.now, sleep: (ms: number) => Promise<unknown> = sleepIdly) {
    this.#now = now;
    this.#sleep = sleep;
  }

  /** Whether an address has so many guesses under way that nothing of it is looked at. */
  isBlocked(address: string): boolean {
    return (this.#guesses.get(key(address))?.waiting ?? 0) >= MOST_WAITING;
  }

  /** Resolves once a wrong password has cost what it should. */
  async punish(address: string): Promise<void> {
    const guesses = this.#recall(key(address));
    guesses.count++;
    guesses.waiting++;
    const delay = Math.min(FIRST_DELAY_MS * 2 ** (guesses.count - 1), LONGEST_DELAY_MS);
    // It goes on when the caller hangs up: that would make guesses cheap.
    await this.#sleep(delay);
    guesses.waiting--;
  }

  #recall(address: string): Guesses {
    const now = this.#now();
    const guesses = this.#guesses.get(address) ?? { count: 0, waiting: 0, lastAt: now };
    if (now - guesses.lastAt >= FORGET_MS) guesses.count = 0;
    guesses.lastAt = now;
    this.#guesses.delete(address);
    this.#guesses.set(address, guesses);
    const [oldest] = this.#guesses.keys();
    if (this.#guesses.size > MOST_ADDRESSES && oldest !== undefined) this.#guesses.delete(oldest);
    return guesses;
  }
}

function sleepIdly(ms: number): Promise<unknown> {
  return after(ms, undefined, { ref: false });
}

/** Who has one IPv6 address has 2^64 of them. */
function key(address: string): string {
  const mapped = /^::ffff:(?<ipv4>[\d.]+)$/i.exec(address)?.groups?.ipv4;
  if (mapped !== undefined) return mapped;
  return isIPv6(address) ? address.split(":").slice(0, 4).join(":") : address;
}
