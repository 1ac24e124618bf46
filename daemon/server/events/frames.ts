import type { StreamEvent } from "../../protocol/event-stream.ts";

/** A snapshot made so recently, since when nothing was told, is what another client would get. */
const SAME_MS = 100;

type Snapshot = { readonly id: number; readonly at: number; readonly frame: Buffer };

/** Events as they go over the wire: what many clients get is written, and kept, once. */
export class Frames {
  readonly #known = new WeakMap<StreamEvent, Buffer>();
  #snapshot: Snapshot | null = null;

  of(event: StreamEvent, id: number): Buffer {
    const known = this.#known.get(event);
    if (known !== undefined) return known;
    const frame = frameOf(event, id);
    this.#known.set(event, frame);
    return frame;
  }

  /** The snapshot of everything; `make` is asked where none is at hand. */
  snapshot(id: number, make: () => StreamEvent): Buffer {
    const now = performance.now();
    const last = this.#snapshot;
    if (last?.id === id && now - last.at < SAME_MS) return last.frame;
    const frame = frameOf(make(), id);
    this.#snapshot = { id, at: now, frame };
    return frame;
  }
}

/** Output has no number: after a break its history comes again, and offsets tell what is new. */
export function frameOf(event: StreamEvent, id: number | null): Buffer {
  return Buffer.from(`${id === null ? "" : `id: ${id}\n`}data: ${JSON.stringify(event)}\n\n`);
}
