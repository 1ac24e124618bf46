import type { Diagnostic } from "vscode-languageserver";
import { AnchoredRange } from "../daemon/config/anchor.ts";
import type { Problem } from "../daemon/config/problem.ts";
import type { Reading } from "../daemon/config/read.ts";
import {
  type FileView,
  type FindFile,
  type Telling,
  toDiagnostic,
  tooLongDiagnostic,
} from "./features/diagnostics.ts";
import { withoutRepetition } from "./features/repetition.ts";
import type { Judgement, Workspace } from "./workspace.ts";

/** The diagnostics of a document; `resultId` is another one whenever they are. */
export type Told = { readonly resultId: string; readonly items: Diagnostic[] };

/** What is told of documents. What is the same as before is the same object. */
export class Diagnoses {
  readonly #workspace: Workspace;
  readonly #telling: Telling;
  readonly #told = new Map<string, Told & { readonly reading: Reading | null }>();
  readonly #known = new WeakMap<Problem, { readonly line: number; readonly diagnostic: Diagnostic }>();
  #count = 0;

  constructor(workspace: Workspace, telling: Telling) {
    this.#workspace = workspace;
    this.#telling = telling;
  }

  /** The diagnostics of an open document. */
  of(uri: string): Told {
    return this.#tell(uri, this.#workspace.judge(uri));
  }

  /** The diagnostics of a file that is not open. */
  onDisk(uri: string): Told {
    return this.#tell(uri, this.#workspace.judgeOnDisk(uri));
  }

  #tell(uri: string, judgement: Judgement | null): Told {
    const before = this.#told.get(uri);
    const reading = judgement?.reading ?? null;
    if (before !== undefined && reading !== null && before.reading === reading) return before;
    const items = judgement === null ? this.#unread(uri) : this.#diagnosticsOf(judgement);
    const isSame = before !== undefined && isSameList(before.items, items);
    const told = isSame ? { ...before, reading } : { resultId: this.#nextId(), items, reading };
    this.#told.set(uri, told);
    return told;
  }

  /** Takes nothing as told of a document any more. */
  forget(uri: string): void {
    this.#told.delete(uri);
  }

  /** Names the process too: a client may remember what another server said. */
  #nextId(): string {
    return `${process.pid}.${++this.#count}`;
  }

  #unread(uri: string): Diagnostic[] {
    return this.#workspace.isTooLong(uri) ? [tooLongDiagnostic(this.#telling.words)] : [];
  }

  #diagnosticsOf({ problems, file, find }: Judgement) {
    const view = find(file);
    if (view === undefined) return [];
    const isHere = (problem: Problem) => problem.file === file;
    const here = withoutRepetition(problems.every(isHere) ? problems : problems.filter(isHere));
    return here.map((problem) => this.#diagnosticOf(problem, view, find));
  }

  /** A problem that moves with its section is the same object from one reading to the next. */
  #diagnosticOf(problem: Problem, view: FileView, find: FindFile): Diagnostic {
    const { range, related } = problem;
    if (!(range instanceof AnchoredRange) || related !== undefined)
      return toDiagnostic(problem, view, find, this.#telling);
    const { line } = range.anchor;
    const known = this.#known.get(problem);
    if (known?.line === line) return known.diagnostic;
    const diagnostic = toDiagnostic(problem, view, find, this.#telling);
    this.#known.set(problem, { line, diagnostic });
    return diagnostic;
  }
}

/** Equal ones are mostly the same objects. */
function isSameList(before: readonly Diagnostic[], now: readonly Diagnostic[]): boolean {
  return (
    before.length === now.length &&
    now.every((one, index) => one === before[index] || JSON.stringify(one) === JSON.stringify(before[index]))
  );
}
