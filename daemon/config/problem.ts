import type { Message } from "./say.ts";

/** Something wrong, or about to surprise, in a configuration: the same words in the editor and in the daemon. */
export type Problem = {
  /** Dotted code, stable across versions: `value.boolean`, `option.unknown`, `comment.truncates`. */
  readonly code: string;
  readonly severity: Severity;
  /** A sentence that names the value and the fix. */
  readonly message: Message;
  /** Absolute path of the file that holds the text. */
  readonly file: string;
  readonly range: TextRange;
  readonly tags?: readonly ProblemTag[];
  readonly related?: readonly RelatedPlace[];
  readonly fixes?: readonly Fix[];
  /** Supervisor's own message, where this problem makes it refuse the file. */
  readonly upstream?: string;
};

export type Severity = "error" | "warning" | "information" | "hint";

/** `unnecessary`: the text has no effect and may be greyed. */
export type ProblemTag = "unnecessary" | "deprecated";

/** Offsets in UTF-16 units from the start of the text; `end` is exclusive. */
export type TextRange = { readonly start: number; readonly end: number };

export type RelatedPlace = { readonly file: string; readonly range: TextRange; readonly message: Message };

/** A change that mends the problem. */
export type Fix = {
  readonly title: Message;
  readonly edits: readonly TextEdit[];
  /** True for the fix that is right without a second look. */
  readonly preferred: boolean;
  /** A folder to make, by absolute path, where that is what mends it. */
  readonly folder?: string;
};

export type TextEdit = { readonly file: string; readonly range: TextRange; readonly newText: string };
