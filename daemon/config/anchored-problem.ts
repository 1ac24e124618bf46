import { AnchoredRange } from "./anchor.ts";
import { type Document, sectionAround } from "./document.ts";
import { identityOf } from "./findings.ts";
import type { Fix, Problem, TextEdit, TextRange } from "./problem.ts";
import type { Trace } from "./trace.ts";

type Documents = ReadonlyMap<string, Document>;
type Placed = { readonly file: string; readonly range: TextRange };

/** A problem that moves with the sections that it points into. `identity` tells it from others at the same place. */
export type AnchoredProblem = { readonly problem: Problem; readonly identity: string };

/** Ties a problem to the sections that it points into; null where it points into none. */
export function anchored(problem: Problem, documents: Documents, trace: Trace): AnchoredProblem | null {
  const move = <P extends Placed>(place: P): P | null => {
    const range = anchoredRange(place, documents, trace);
    return range === null ? null : { ...place, range };
  };
  const range = anchoredRange(problem, documents, trace);
  const related = allMoved(problem.related, move);
  const fixes = allMoved(problem.fixes, (fix) => movedFix(fix, move));
  if (range === null || related === null || fixes === null) return null;
  const places = { ...(related === undefined ? {} : { related }), ...(fixes === undefined ? {} : { fixes }) };
  return { problem: { ...problem, range, ...places }, identity: identityOf(problem) };
}

type Move<P> = (place: P) => P | null;

function allMoved<P>(places: readonly P[] | undefined, move: Move<P>): readonly P[] | null | undefined {
  const moved = places?.map(move);
  if (moved === undefined) return undefined;
  const whole = moved.filter((place) => place !== null);
  return whole.length === moved.length ? whole : null;
}

function movedFix(fix: Fix, move: Move<TextEdit>): Fix | null {
  const edits = allMoved(fix.edits, move);
  return edits === null || edits === undefined ? null : { ...fix, edits };
}

function anchoredRange(place: Placed, documents: Documents, trace: Trace): AnchoredRange | null {
  const document = documents.get(place.file);
  if (document === undefined) return null;
  const { start, end } = place.range;
  const section = sectionAround(document, start);
  if (end > section.range.end) return null;
  const { anchor } = section;
  trace.place(anchor);
  return new AnchoredRange(anchor, start - anchor.offset, end - anchor.offset);
}
