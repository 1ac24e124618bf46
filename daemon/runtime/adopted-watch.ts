import { type Identity, isSame } from "../io/process-identity.ts";

/** How often is looked when nothing hints at an end; what does makes the next looks come quickly. */
const POLL_MS = 250;
const FIRST_LOOK_MS = 2;

type Watched = { readonly identity: Identity; readonly onGone: () => void };

/** Looks whether processes that are no children still live: of their end nobody tells. Without any it does not wake. */
export class AdoptedWatch {
  readonly #watched = new Set<Watched>();
  #timer: NodeJS.Timeout | null = null;
  #delayMs = POLL_MS;

  /** Calls back once when the process is gone. Returns how to stop watching. */
  add(identity: Identity, onGone: () => void): () => void {
    const watched = { identity, onGone };
    this.#watched.add(watched);
    if (this.#timer === null) this.#arm();
    return () => this.#drop(watched);
  }

  /** One may be gone at any moment: it was sent a signal, or its output has ended. */
  expectEnd(): void {
    if (this.#watched.size === 0) return;
    this.#delayMs = FIRST_LOOK_MS;
    this.#arm();
  }

  close(): void {
    for (const watched of [...this.#watched]) this.#drop(watched);
  }

  #arm(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#look(), this.#delayMs);
    this.#delayMs = Math.min(2 * this.#delayMs, POLL_MS);
  }

  #look(): void {
    this.#timer = null;
    const gone = [...this.#watched].filter(({ identity }) => !isSame(identity));
    for (const watched of gone) if (this.#drop(watched)) watched.onGone();
    if (this.#watched.size > 0) this.#arm();
  }

  #drop(watched: Watched): boolean {
    const dropped = this.#watched.delete(watched);
    if (this.#watched.size === 0 && this.#timer !== null) {
      clearTimeout(this.#timer);
      this.#timer = null;
    }
    return dropped;
  }
}
