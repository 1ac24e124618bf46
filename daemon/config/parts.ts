import type { Anchor } from "./anchor.ts";
import type { BrokenLine, Comment, Entry, Header, Piece, Section } from "./document.ts";
import type { KeyLayout } from "./key-layout.ts";
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

/** An option's line or lines. All numbers count from the anchor. */
export class AnchoredEntry implements Entry {
  readonly anchor: Anchor;
  readonly key: string;
  readonly lineFrom: number;
  readonly keyFrom: number;
  readonly keyTo: number;
  readonly delimiterFrom: number;
  readonly valueFrom: number;
  readonly value: string;
  /** Null for a single one without a comment, as of most entries: it is made when it is asked for. */
  readonly #pieces: readonly AnchoredPiece[] | null;

  /** Takes its numbers one by one: an object for them would be one more for each line of a file. */
  constructor(
    anchor: Anchor,
    key: string,
    lineFrom: number,
    keyFrom: number,
    keyTo: number,
    delimiterFrom: number,
    valueFrom: number,
    value: string,
    pieces: readonly AnchoredPiece[] | null,
  ) {
    this.anchor = anchor;
    this.key = key;
    this.lineFrom = lineFrom;
    this.keyFrom = keyFrom;
    this.keyTo = keyTo;
    this.delimiterFrom = delimiterFrom;
    this.valueFrom = valueFrom;
    this.value = value;
    this.#pieces = pieces;
  }

  /** The same option with all lines of its value. */
  of(value: string, pieces: readonly AnchoredPiece[]): AnchoredEntry {
    const { anchor, key, lineFrom, keyFrom, keyTo, delimiterFrom, valueFrom } = this;
    return new AnchoredEntry(anchor, key, lineFrom, keyFrom, keyTo, delimiterFrom, valueFrom, value, pieces);
  }

  get keyRange(): TextRange {
    return rangeFrom(this.anchor, this.keyFrom, this.keyTo);
  }

  get delimiter(): number {
    return this.anchor.offset + this.delimiterFrom;
  }

  get pieces(): readonly AnchoredPiece[] {
    return this.#pieces ?? [this.#wholeLine()];
  }

  #wholeLine(): AnchoredPiece {
    const { anchor, valueFrom, value, lineFrom } = this;
    return new AnchoredPiece(anchor, valueFrom, valueFrom + value.length, lineFrom, null);
  }

  get valueRange(): TextRange {
    const end = this.#pieces?.at(-1)?.to ?? this.valueFrom + this.value.length;
    return rangeFrom(this.anchor, this.valueFrom, end);
  }

  get line(): number {
    return this.anchor.line + this.lineFrom;
  }

  get lastLine(): number {
    return this.#pieces?.at(-1)?.line ?? this.line;
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
  readonly text: string;
  readonly entries: readonly Entry[];
  readonly layout: KeyLayout;
  readonly broken: readonly BrokenLine[];
  readonly comments: readonly Comment[];

  constructor(open: Omit<Section, "range" | "text">, text: string) {
    this.anchor = open.anchor;
    this.header = open.header;
    this.name = open.name;
    this.text = text;
    this.entries = open.entries;
    this.layout = open.layout;
    this.broken = open.broken;
    this.comments = open.comments;
  }

  get range(): TextRange {
    return rangeFrom(this.anchor, 0, this.text.length);
  }
}

function rangeFrom({ offset }: Anchor, from: number, to: number): TextRange {
  return { start: offset + from, end: offset + to };
}
