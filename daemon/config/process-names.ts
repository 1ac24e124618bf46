import type { FormatNames } from "./python/format.ts";

/** What the values of one program's processes may name beside the environment. */
type Facts = {
  readonly here: string;
  readonly program_name: string;
  readonly host_node_name: string;
  readonly group_name: string;
  process_num?: bigint;
  numprocs?: bigint;
};

/** The names that the values of one program's processes may use, as they grow while Supervisor reads it. */
export class ProcessNames implements FormatNames {
  /** Those of the daemon's environment, which are not copied. */
  readonly #environment: FormatNames;
  readonly #facts: Facts;
  /** The facts by name, put together where a value names any. */
  #known: ReadonlyMap<string, string | bigint> | null = null;
  /** What the processes' own environments have set; most set nothing. */
  #own: Map<string, string> | null = null;

  constructor(environment: FormatNames, facts: Facts) {
    this.#environment = environment;
    this.#facts = facts;
  }

  get programName(): string {
    return this.#facts.program_name;
  }

  get(name: string): string | bigint | undefined {
    return this.#own?.get(name) ?? this.#fact(name) ?? this.#environment.get(name);
  }

  entries(): Iterable<readonly [string, string | bigint]> {
    const own = this.#own ?? [];
    return new Map([...Object.entries(this.#facts), ...this.#environment.entries(), ...own]).entries();
  }

  /** Begins another process: the daemon's environment comes before what earlier processes have set. */
  begin(number: bigint, numprocs: bigint): void {
    this.#facts.process_num = number;
    this.#facts.numprocs = numprocs;
    this.#known = null;
    for (const name of this.#own?.keys() ?? []) {
      if (this.#environment.get(name) !== undefined) this.#own?.delete(name);
    }
  }

  /** Adds a process's own environment, which stays known to the processes after it. */
  addEnvironment(variables: ReadonlyMap<string, string>): void {
    this.#own ??= new Map();
    for (const [name, value] of variables) this.#own.set(`ENV_${name}`, value);
  }

  #fact(name: string): string | bigint | undefined {
    this.#known ??= new Map<string, string | bigint>(Object.entries(this.#facts));
    return this.#known.get(name);
  }
}
