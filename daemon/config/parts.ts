import type { Anchor } from "./anchor.ts";
import type { BrokenLine, Comment, Entry, Header, Piece, Section } from "./document.ts";
import type { TextRange } from "./problem.ts";

/** The parts of a section, which hold offsets and lines from its anchor and give them from the start of the text. */
abstract class Anchored {
  readonly anchor: Anchor;
  readonly from: number;
  readonly to: number;
  readonly lineFrom: number;

  constructor(anchor: Anchor, from: number, to: number, lineFrom: number) {
    this.anchor = anchor;
    this.from = from;
    this.to = to;
    this.lineFrom = lineFrom;
  }

  get range(): TextRange {
    return rangeFrom(this.anchor, this.from, this.to);
  }

  get line(): number {
    return this.anchor.line + this.lineFrom;
  }
}

/** `name`, and the `ignored` text behind the bracket, count from the anchor as the header itself. */
export class AnchoredHeader extends Anchored implements Header {
  readonly ignoredFrom: TextRange | null;

  constructor(anchor: Anchor, from: number, to: number, lineFrom: number, ignoredFrom: TextRange | null) {
    super(anchor, from, to, lineFrom);
    this.ignoredFrom = ignoredFrom;
  }

  get nameRange(): TextRange {
    return rangeFrom(this.anchor, this.from + 1, this.to - 1);
  }

  get ignored(): TextRange | null {
    const from = this.ignoredFrom;
    return from === null ? null : rangeFrom(this.anchor, from.start, from.end);
  }
}

/** An option's line or lines. */
export class AnchoredEntry implements Entry {
  readonly anchor: Anchor;
  readonly key: string;
  readonly keyFrom: number;
  readonly keyTo: number;
  readonly delimiterFrom: number;
  /** Just the piece where there is only one. */
  readonly parts: Piece | readonly Piece[];
  readonly value: string;
  readonly lineFrom: number;

  constructor(
    anchor: Anchor,
    key: string,
    place: {
      readonly keyFrom: number;
      readonly keyTo: number;
      readonly delimiterFrom: number;
      readonly lineFrom: number;
    },
    parts: Piece | readonly Piece[],
    value: string,
  ) {
    this.anchor = anchor;
    this.key = key;
    this.keyFrom = place.keyFrom;
    this.keyTo = place.keyTo;
    this.delimiterFrom = place.delimiterFrom;
    this.parts = parts;
    this.value = value;
    this.lineFrom = place.lineFrom;
  }

  get keyRange(): TextRange {
    return rangeFrom(this.anchor, this.keyFrom, this.keyTo);
  }

  get delimiter(): number {
    return this.anchor.offset + this.delimiterFrom;
  }

  get pieces(): readonly Piece[] {
    return "range" in this.parts ? [this.parts] : this.parts;
  }

  get valueRange(): TextRange {
    const { parts } = this;
    if ("range" in parts) return parts.range;
    const start = parts[0]?.range.start ?? this.keyRange.start;
    return { start, end: parts.at(-1)?.range.end ?? this.keyRange.end };
  }

  get line(): number {
    return this.anchor.line + this.lineFrom;
  }
}

/** One line of a value. */
export class AnchoredPiece extends Anchored implements Piece {
  readonly comment: Comment | null;

  constructor(anchor: Anchor, from: number, to: number, lineFrom: number, comment: Comment | null) {
    super(anchor, from, to, lineFrom);
    this.comment = comment;
  }
}

/** A comment, alone on its line or behind something. */
export class AnchoredComment extends Anchored implements Comment {
  readonly inline: boolean;

  constructor(anchor: Anchor, from: number, to: number, lineFrom: number, inline: boolean) {
    super(anchor, from, to, lineFrom);
    this.inline = inline;
  }
}

/** A line that is none of the other parts. */
export class AnchoredBrokenLine extends Anchored implements BrokenLine {
  readonly terminated: boolean;
  readonly reason: BrokenLine["reason"];

  constructor(
    anchor: Anchor,
    from: number,
    to: number,
    lineFrom: number,
    broken: Pick<BrokenLine, "terminated" | "reason">,
  ) {
    super(anchor, from, to, lineFrom);
    this.terminated = broken.terminated;
    this.reason = broken.reason;
  }
}

/** A section with its parts. */
export class AnchoredSection implements Section {
  readonly anchor: Anchor;
  readonly header: Header | null;
  readonly name: string;
  readonly length: number;
  readonly entries: readonly Entry[];
  readonly broken: readonly BrokenLine[];
  readonly comments: readonly Comment[];

  constructor(open: Omit<Section, "range">, length: number) {
    this.anchor = open.anchor;
    this.header = open.header;
    this.name = open.name;
    this.length = length;
    this.entries = open.entries;
    this.broken = open.broken;
    this.comments = open.comments;
  }

  get range(): TextRange {
    return rangeFrom(this.anchor, 0, this.length);
  }
}

function rangeFrom({ offset }: Anchor, from: number, to: number): TextRange {
  return { start: offset + from, end: offset + to };
}
