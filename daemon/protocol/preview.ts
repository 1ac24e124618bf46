/** What `supervisord.previewConfig` answers: what putting the configuration on disk in force would do. */
export type ConfigPreview = {
  /** Names of groups, as `reloadConfig` answers them. */
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
  /** What changes for each process of those groups. */
  readonly processes: readonly ProcessChange[];
  /** Sections that are in force only once the daemon starts over, such as `supervisord`. */
  readonly sections: readonly string[];
};

/** A process that comes, goes or gets other options. */
export type ProcessChange = {
  readonly group: string;
  /** Null for what concerns the group itself. */
  readonly name: string | null;
  readonly kind: "added" | "changed" | "removed";
  /** None for a process that only runs with older options than those in force. */
  readonly options: readonly OptionChange[];
};

/** The values of an option, as words; null where it has none. */
export type OptionChange = {
  /** As Supervisor calls it; a variable of the environment is `environment.NAME`. */
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
};
