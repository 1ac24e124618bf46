/** A program that a project seems to need, before it is written down. */
export type Draft = {
  /** Made fit for a `[program:x]` header when it is written. */
  readonly name: string;
  readonly run: Run;
  /** Where it runs, relative to the configuration; null for the configuration's own folder. */
  readonly directory: string | null;
  readonly environment: Readonly<Record<string, string>>;
  /** Options beyond these, by name, as they are to be written. */
  readonly options: Readonly<Record<string, string>>;
  /** What it was read from, for people: `package.json, script dev`. */
  readonly source: string;
  /** Whether it is most likely wanted: others are offered only. */
  readonly chosen: boolean;
};

/** How a program is started: by its arguments, or by a line that only a shell understands. */
export type Run =
  | { readonly kind: "argv"; readonly argv: readonly string[] }
  | { readonly kind: "shell"; readonly line: string };

/** What was read from a file: programs, and what could not be taken over. */
export type Drafts = {
  readonly drafts: readonly Draft[];
  readonly skipped: readonly Skipped[];
};

/** What a configuration cannot hold: a command of more than one line. */
export type Skipped = { readonly source: string };

/** A draft with nothing out of the ordinary. */
export function draftOf(
  name: string,
  run: Run,
  source: string,
  rest: Partial<Pick<Draft, "directory" | "environment" | "options" | "chosen">> = {},
): Draft {
  return { name, run, source, directory: null, environment: {}, options: {}, chosen: true, ...rest };
}

/** A program that is started by its arguments. */
export function argv(...words: string[]): Run {
  return { kind: "argv", argv: words };
}

/** A program that is started by a line of shell. */
export function shell(line: string): Run {
  return { kind: "shell", line };
}

/** Drafts without anything that had to be left out. */
export function all(drafts: readonly Draft[]): Drafts {
  return { drafts, skipped: [] };
}

export const NOTHING: Drafts = { drafts: [], skipped: [] };
