/** One process of the machine. `startTime` is in the system's own words: ticks, or a date. */
export type TreeEntry = {
  readonly pid: number;
  readonly ppid: number;
  /** The session it is in, or its process group where the system tells no sessions. */
  readonly session: number;
  readonly group: number;
  readonly startTime: string;
};

/** A run of a program, as the root of a tree. Null for what could not be read of it. */
export type Root = {
  /** Null, too, for a run that ended long ago: its number may be anybody's by now. */
  readonly pid: number | null;
  readonly startTime: string | null;
  readonly marker: string | null;
  /** What was found of it before, or descended from it while it lived: start times by pid. */
  readonly seen: ReadonlyMap<number, string>;
};

/** All processes at an instant, ready to be asked for trees. */
export class ProcessTable {
  readonly #byPid: ReadonlyMap<number, TreeEntry>;
  readonly #children: ReadonlyMap<number, readonly TreeEntry[]>;
  readonly #sessions: ReadonlyMap<number, readonly TreeEntry[]>;
  readonly #markers = new Map<number, string | null>();
  readonly #readMarker: (pid: number) => string | null;

  constructor(entries: readonly TreeEntry[], readMarker: (pid: number) => string | null) {
    this.#byPid = new Map(entries.map((entry) => [entry.pid, entry]));
    this.#children = Map.groupBy(entries, ({ ppid }) => ppid);
    this.#sessions = Map.groupBy(entries, ({ session }) => session);
    this.#readMarker = readMarker;
  }

  /** All that descends from a program as long as it lives. */
  descendantsOf(root: Root): TreeEntry[] {
    return this.#grow(root, this.#childrenOf(root));
  }

  /**
   * What a run started and is still there, without the program itself: by its marker, its session, what was seen of
   * it, and all that descends from those. What carries the marker of another run belongs to that one.
   */
  treeOf(root: Root): TreeEntry[] {
    return this.#grow(root, [
      ...this.#marked(root),
      ...this.#inSession(root),
      ...this.#seen(root),
      ...this.#childrenOf(root),
    ]);
  }

  /** These and their descendants, as far as they are the run's own. */
  #grow(root: Root, roots: readonly TreeEntry[]): TreeEntry[] {
    const found = new Map<number, TreeEntry>();
    const queue = [...roots];
    for (const entry of queue) {
      if (found.has(entry.pid) || !this.#mayBelong(entry, root)) continue;
      found.set(entry.pid, entry);
      queue.push(...(this.#children.get(entry.pid) ?? []));
    }
    return [...found.values()];
  }

  #marked(root: Root): TreeEntry[] {
    if (root.marker === null) return [];
    return [...this.#byPid.values()].filter(
      (entry) => isYoung(entry, root) && this.#markerOf(entry.pid) === root.marker,
    );
  }

  /** A session keeps its number from being given away; one of a later program with that number is another one. */
  #inSession(root: Root): readonly TreeEntry[] {
    if (root.pid === null || root.startTime === null) return [];
    const leader = this.#byPid.get(root.pid);
    const taken = leader !== undefined && leader.startTime !== root.startTime;
    return taken ? [] : (this.#sessions.get(root.pid) ?? []);
  }

  #seen({ seen }: Root): TreeEntry[] {
    return [...seen].flatMap(([pid, startTime]) => {
      const entry = this.#byPid.get(pid);
      return entry?.startTime === startTime ? [entry] : [];
    });
  }

  #childrenOf(root: Root): readonly TreeEntry[] {
    const { pid, startTime } = root;
    if (pid === null || startTime === null || this.#byPid.get(pid)?.startTime !== startTime) return [];
    return this.#children.get(pid) ?? [];
  }

  #mayBelong(entry: TreeEntry, root: Root): boolean {
    if (entry.pid === root.pid || entry.pid === INIT || !isYoung(entry, root)) return false;
    const marker = this.#markerOf(entry.pid);
    return marker === null || marker === root.marker;
  }

  #markerOf(pid: number): string | null {
    const known = this.#markers.get(pid);
    if (known !== undefined) return known;
    const marker = this.#readMarker(pid);
    this.#markers.set(pid, marker);
    return marker;
  }
}

/** Whatever ends up below it, it is nobody's. */
const INIT = 1;

/** Nothing that a program started is older than itself. */
function isYoung(entry: TreeEntry, { startTime }: Root): boolean {
  return startTime === null || instant(entry.startTime) >= instant(startTime);
}

function instant(startTime: string): number {
  const ticks = Number(startTime);
  return Number.isNaN(ticks) ? Date.parse(startTime) : ticks;
}
