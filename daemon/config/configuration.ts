/** A configuration after expansion, conversion and merging: what Supervisor would act on. */
export type Configuration = {
  readonly file: string;
  readonly includeFiles: readonly string[];
  readonly supervisord: SupervisordSettings;
  readonly httpServers: readonly HttpServerSettings[];
  readonly rpcInterfaces: readonly RpcInterfaceSettings[];
  /** In Supervisor's order: by priority, then name. */
  readonly groups: readonly GroupSettings[];
  /** The `[supervisorctl]` section; null where there is none. */
  readonly supervisorctl: SupervisorctlSettings | null;
};

export type SupervisordSettings = {
  readonly nodaemon: boolean;
  readonly silent: boolean;
  /** As written; null for none. */
  readonly user: string | null;
  readonly uid: UserRef | null;
  readonly umask: number;
  readonly directory: string | null;
  /** Absolute path, or `syslog`. */
  readonly logfile: string;
  readonly logfileMaxbytes: number;
  readonly logfileBackups: number;
  readonly loglevel: LogLevel;
  readonly pidfile: string;
  readonly identifier: string;
  readonly childlogdir: string;
  readonly minfds: number;
  readonly minprocs: number;
  readonly nocleanup: boolean;
  readonly stripAnsi: boolean;
  readonly environment: Readonly<Record<string, string>>;
  readonly serverurl: string | null;
  /** Which of the settings that otherwise default to the working directory the file states itself. */
  readonly stated: { readonly logfile: boolean; readonly pidfile: boolean; readonly childlogdir: boolean };
};

export type LogLevel = "critical" | "error" | "warn" | "info" | "debug" | "trace" | "blather";

/** A user or group as a configuration names it: a number, or a name that the shell looks up. */
export type UserRef =
  | { readonly kind: "id"; readonly id: number }
  | { readonly kind: "name"; readonly name: string };

export type HttpServerSettings =
  | {
      readonly family: "unix";
      readonly section: string;
      readonly file: string;
      readonly chmod: number;
      /** Null leaves the owner unchanged. */
      readonly owner: { readonly user: UserRef; readonly group: UserRef | null } | null;
      readonly username: string | null;
      readonly password: string | null;
      /** States and logs only. */
      readonly readonly: boolean;
    }
  | {
      readonly family: "inet";
      readonly section: string;
      /** Empty for every interface. */
      readonly host: string;
      readonly port: number;
      readonly username: string | null;
      readonly password: string | null;
      /** Names, other than those it has anyway, that requests may call the machine by. */
      readonly allowedHosts: readonly string[];
      /** States and logs only. */
      readonly readonly: boolean;
    };

export type RpcInterfaceSettings = {
  readonly name: string;
  readonly factory: string;
  readonly options: Readonly<Record<string, string>>;
};

export type SupervisorctlSettings = {
  readonly serverurl: string;
  readonly username: string | null;
  readonly password: string | null;
  readonly prompt: string;
  readonly historyFile: string | null;
};

type GroupBase = {
  readonly name: string;
  readonly priority: number;
  /** In the order Supervisor keeps them. */
  readonly processes: readonly ProcessSettings[];
};

export type GroupSettings =
  | (GroupBase & { readonly type: "program" })
  | (GroupBase & {
      readonly type: "eventlistener";
      readonly bufferSize: number;
      readonly events: readonly string[];
      readonly resultHandler: string;
    })
  | (GroupBase & { readonly type: "fcgi"; readonly socket: FcgiSocketSettings });

export type FcgiSocketSettings =
  | {
      readonly family: "unix";
      readonly url: string;
      readonly path: string;
      readonly mode: number | null;
      /** Null leaves the owner unchanged, as a null group leaves the group; `primary` is the user's own group. */
      readonly owner: { readonly user: UserRef; readonly group: UserRef | "primary" | null } | null;
      readonly backlog: number | null;
    }
  | {
      readonly family: "inet";
      readonly url: string;
      readonly host: string;
      readonly port: number;
      readonly backlog: number | null;
    };

export type ProcessSettings = {
  readonly name: string;
  readonly command: string;
  readonly directory: string | null;
  readonly umask: number | null;
  readonly priority: number;
  readonly autostart: boolean;
  readonly autorestart: boolean | "unexpected";
  readonly startsecs: number;
  readonly startretries: number;
  /** Linux number. */
  readonly stopsignal: number;
  readonly stopwaitsecs: number;
  readonly stopasgroup: boolean;
  readonly killasgroup: boolean;
  /** Ours: whether what the program started ends with it. */
  readonly stopTree: boolean;
  readonly exitcodes: readonly number[];
  readonly redirectStderr: boolean;
  /** The daemon's `environment` with the program's own over it. */
  readonly environment: Readonly<Record<string, string>>;
  /** Ours: files with further variables. */
  readonly envFiles: EnvFilesSettings | null;
  readonly serverurl: string | null;
  readonly uid: UserRef | null;
  readonly stdout: LogSettings;
  readonly stderr: LogSettings;
};

/** Files of variables that are read at each start of a program. */
export type EnvFilesSettings = {
  readonly files: readonly EnvFileSettings[];
  /** Names that the program's own `environment` sets, which counts more. */
  readonly under: readonly string[];
};

/** A file of variables, by its absolute path; an optional one may be missing. */
export type EnvFileSettings = { readonly path: string; readonly isOptional: boolean };

/** Where one output channel of a process goes. Sizes in bytes. */
export type LogSettings = {
  /** A path, `AUTO` for a file in `childlogdir`, `null` for none. */
  readonly logfile: string | null;
  readonly maxbytes: number;
  readonly backups: number;
  readonly captureMaxbytes: number;
  readonly eventsEnabled: boolean;
  readonly syslog: boolean;
};
