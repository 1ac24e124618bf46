import type { TextRange } from "./problem.ts";

/** Where a section starts. It moves with the section when text before it is edited. */
export class Anchor {
  offset: number;
  line: number;
  /** Whether the section's own text was edited: what counts from here has no meaning any more. */
  dropped = false;

  constructor(offset: number, line: number) {
    this.offset = offset;
    this.line = line;
  }
}

/** A range that moves with a section; `from` and `to` count from the anchor. */
export class AnchoredRange implements TextRange {
  readonly anchor: Anchor;
  readonly from: number;
  readonly to: number;

  constructor(anchor: Anchor, from: number, to: number) {
    this.anchor = anchor;
    this.from = from;
    this.to = to;
  }

  get start(): number {
    return this.anchor.offset + this.from;
  }

  get end(): number {
    return this.anchor.offset + this.to;
  }
}
