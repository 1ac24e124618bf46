/** A list of which no two were the same when it was compared last: thousands are not compared anew with each key. */
export class DistinctList {
  #names: readonly string[] | null = null;

  /** Whether these are known to differ. */
  isKnown(names: readonly string[]): boolean {
    const known = this.#names;
    return known?.length === names.length && names.every((name, index) => name === known[index]);
  }

  /** Takes what a comparison has shown. */
  learn(names: readonly string[], areDistinct: boolean): void {
    this.#names = areDistinct ? names : null;
  }
}
