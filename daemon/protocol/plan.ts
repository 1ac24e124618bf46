/** What `supervisord --plan -c FILE` prints as JSON: what starting this configuration would run. */
export type Plan = {
  readonly configFile: string;
  /** Digest of the configuration, its includes and the commands; null where Supervisor would refuse the file. */
  readonly digest: string | null;
  readonly programs: readonly PlannedProgram[];
  readonly problems: readonly PlanProblem[];
  /** Why the file is refused, in a sentence; null where it is accepted. */
  readonly refusal: string | null;
  /** The unix socket or URL that the configuration itself names for its server; null for none. */
  readonly ownServer: string | null;
  /** The configuration and what it includes, as absolute paths. */
  readonly files: readonly string[];
};

export type PlannedProgram = {
  readonly group: string;
  readonly name: string;
  readonly command: string;
  readonly directory: string | null;
  readonly user: string | null;
  readonly autostart: boolean;
  /** Where its command and its variables such as PORT tell it to listen. */
  readonly ports: readonly number[];
  /** Where its command is written. */
  readonly place: PlannedPlace | null;
};

/** Lines and columns count from one; `endColumn` is behind the last character. */
export type PlannedPlace = {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
};

/** Line and column count from one. */
export type PlanProblem = {
  readonly severity: "error" | "warning" | "information" | "hint";
  readonly code: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** In English. */
  readonly message: string;
  /** The same as its parts, to be told in other languages; null where a secret in it is masked. */
  readonly words: PlanWords | null;
};

/** An English text with `{0}`, `{1}` and so on where its values stand. */
export type PlanWords = {
  readonly template: string;
  readonly args: readonly (string | number | PlanWords)[];
};
