import type { Document } from "./document.ts";

/** What reading a configuration needs to know of the machine. The shell answers from the real one; tests and the editor's open buffers answer from memory. */
export type Machine = {
  /** As long as it is the same, so are the answers about files and users; absent where nobody watches them. */
  readonly version?: number;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Working directory, absolute. */
  readonly cwd: string;
  readonly hostName: string;
  /** The directory of temporary files, default of `childlogdir`. */
  readonly tempDirectory: string;
  readonly readFile: (path: string) => FileContent;
  /** Absolute paths that match a shell pattern, in the order in which Supervisor includes them. */
  readonly glob: (pattern: string) => readonly string[];
  readonly isDirectory: (path: string) => boolean;
  /** Home directory of a user (`~name`), of the present one for null; null if unknown. */
  readonly homeDirectory: (user: string | null) => string | null;
  readonly userExists: (user: string | number) => boolean;
  readonly groupExists: (group: string | number) => boolean;
  /** What an editor asks beyond that; null while nobody knows. The daemon looks when it starts a program. */
  readonly look?: (question: Question) => boolean | null;
};

/**
 * Whether a file may be executed, there is one, it is a directory, version control keeps it, or it begins with a byte
 * order mark (`marked`), by absolute path; for `program` whether one of that name may be executed in a folder of a
 * PATH: `program NAME /bin:/usr/bin`; for `user` and `group` whether there is one of that name or number.
 */
export type Question =
  `${"executable" | "program" | "file" | "directory" | "versioned" | "marked" | "user" | "group"} ${string}`;

export type FileContent =
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "document"; readonly document: Document }
  /** `code` is the system's name for it: ENOENT, EACCES, EISDIR ... */
  | { readonly kind: "error"; readonly code: string };
