import type { WindowPolicy } from "../protocol/window-policy.ts";

/** The windows of an editor that are connected: the daemon is told when the last one has been gone for as long as it asked. */
export class Windows {
  readonly #present = new Set<symbol>();
  readonly #onDeserted: () => void;
  #timer: NodeJS.Timeout | undefined;

  /** No window is there yet: with a policy to stop, one has to come in time. */
  constructor(initially: WindowPolicy, onDeserted: () => void) {
    this.#onDeserted = onDeserted;
    this.#await(initially);
  }

  /** A window came; returns how it leaves. A window that crashes leaves as well: its connection ends. */
  enter(policy: WindowPolicy): () => void {
    clearTimeout(this.#timer);
    const window = Symbol("window");
    this.#present.add(window);
    return () => {
      this.#present.delete(window);
      if (this.#present.size === 0) this.#await(policy);
    };
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#present.clear();
  }

  #await(policy: WindowPolicy): void {
    clearTimeout(this.#timer);
    if (policy.kind === "stop") this.#timer = setTimeout(this.#onDeserted, policy.afterSecs * 1000);
  }
}
