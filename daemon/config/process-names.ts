import type { FormatNames } from "./python/format.ts";

/** The names that the values of one program's processes may use, as they grow while Supervisor reads it. */
export type ProcessNames = FormatNames & {
  /** What the program and the process are called, and their numbers. */
  readonly set: (name: string, value: string | bigint) => void;
  /** Adds a process's own environment, which stays known to the processes after it. */
  readonly addEnvironment: (variables: ReadonlyMap<string, string>) => void;
  /** Begins another process: the daemon's environment comes before what earlier processes have set. */
  readonly begin: () => void;
};

/** Names of a program, over those of the daemon's environment, which are not copied. */
export function processNames(environment: FormatNames): ProcessNames {
  const facts = new Map<string, string | bigint>();
  const own = new Map<string, string | bigint>();
  return {
    get: (name) => own.get(name) ?? facts.get(name) ?? environment.get(name),
    entries: () => new Map([...facts, ...environment.entries(), ...own]).entries(),
    set: (name, value) => {
      facts.set(name, value);
    },
    addEnvironment: (variables) => {
      for (const [name, value] of variables) own.set(`ENV_${name}`, value);
    },
    begin: () => {
      for (const name of own.keys()) if (environment.get(name) !== undefined) own.delete(name);
    },
  };
}
