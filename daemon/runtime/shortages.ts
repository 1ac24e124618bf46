type SetFault = (key: string, message: string | null) => void;

/** The programs that wait for what the system is short of: one fault for each shortage, however many wait for it. */
export class Shortages {
  readonly #waiting = new Map<string, Set<string>>();
  readonly #setFault: SetFault;

  constructor(setFault: SetFault) {
    this.#setFault = setFault;
  }

  /** Notes what a program waits for, null for nothing. */
  note(program: string, shortage: string | null): void {
    for (const [cause, programs] of this.#waiting) {
      if (cause !== shortage && programs.delete(program)) this.#tell(cause, programs);
    }
    if (shortage === null) return;
    const programs = this.#waiting.get(shortage) ?? new Set();
    this.#waiting.set(shortage, programs.add(program));
    this.#tell(shortage, programs);
  }

  #tell(shortage: string, programs: ReadonlySet<string>): void {
    const [first, ...others] = programs;
    if (first === undefined) this.#waiting.delete(shortage);
    const who = others.length === 0 ? first : `${first} and ${others.length} more`;
    const message = `cannot start ${who}: ${shortage}; it is tried again every second`;
    this.#setFault(`shortage: ${shortage}`, first === undefined ? null : message);
  }
}
