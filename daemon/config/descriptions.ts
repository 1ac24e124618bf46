import type { SectionKind } from "./schema.ts";

/** What the sections of each kind and their options are for, in one language. */
export type Descriptions = Readonly<Record<SectionKind, Described>>;

type Described = {
  readonly about: string;
  readonly options: Readonly<Record<string, string>>;
};

/** What a section of this kind is for, in one to three plain sentences. */
export function describeSection(kind: SectionKind, descriptions: Descriptions = ENGLISH): string {
  return descriptions[kind].about;
}

/** What an option does in a section of this kind, its unit and its traps; undefined for an option that the kind does not have. */
export function describeOption(
  kind: SectionKind,
  option: string,
  descriptions: Descriptions = ENGLISH,
): string | undefined {
  const { options } = descriptions[kind];
  return Object.hasOwn(options, option) ? options[option] : undefined;
}

const ACCOUNT = {
  username:
    "The name a client has to give. Without it anybody who reaches the server may start, stop and replace programs. It has an effect only together with `password`.",
  password:
    "The password that belongs to `username`, as plain text or as `{SHA}` followed by the hexadecimal SHA-1 digest of it. A space before `#` or `;` ends the password there, and a literal percent sign has to be doubled.",
};

const READONLY = {
  readonly:
    "Whether this server only tells states and logs. Whoever wants to start, stop or change anything is refused, also with the right password.",
};

const OUTPUT = (channel: "stdout" | "stderr"): Readonly<Record<string, string>> => ({
  [`${channel}_logfile`]: `Where the program's ${channel} is kept: a path, \`AUTO\` for a file in \`childlogdir\` that is deleted when supervisord starts, or \`NONE\` to keep nothing. Quotes would become part of the path, and its folder must exist. A device such as \`/dev/stdout\` needs \`${channel}_logfile_maxbytes=0\`, because it cannot be rotated.`,
  [`${channel}_logfile_maxbytes`]: `The size at which the ${channel} log is rotated, in bytes or with the suffix \`KB\`, \`MB\` or \`GB\` (multiples of 1024). \`0\` never rotates.`,
  [`${channel}_logfile_backups`]: `How many rotated ${channel} logs are kept, as files ending in \`.1\`, \`.2\` and so on. \`0\` keeps none: the log starts anew when it is full.`,
  [`${channel}_capture_maxbytes`]: `How much text a program may send in one \`PROCESS_COMMUNICATION\` event on its ${channel}, in bytes or with \`KB\`, \`MB\`, \`GB\`. \`0\` turns the capture off.`,
  [`${channel}_events_enabled`]: `Whether every piece the program writes to ${channel} is also told to event listeners, as \`PROCESS_LOG_${channel.toUpperCase()}\`.`,
  [`${channel}_syslog`]: `Whether the lines of ${channel} go to syslog as well, marked with the name of the process.`,
});

const PROGRAM: Readonly<Record<string, string>> = {
  command:
    "The executable and its arguments. No shell reads them: pipes, `&&`, `*`, `$HOME` and `~` have no meaning, and a space before `;` or `#` starts a comment even inside quotes. The command has to stay in the foreground, and a literal percent sign is written twice.",
  process_name:
    "The name each process gets within its group. With `numprocs` above 1 it must hold `%(process_num)d`, so that the names differ.",
  numprocs: "How many processes of this command run, each with its own number in `%(process_num)d`.",
  numprocs_start: "The number of the first process; `%(process_num)d` counts up from it.",
  priority:
    "The place in the order: programs with lower numbers start first and are stopped last. It orders only; nobody waits until an earlier program is ready.",
  autostart: "Whether the program starts together with supervisord. If not, it waits for a start command.",
  startsecs:
    "How many seconds the program must stay up to count as started. `0` counts every launch as a success, so that a program which always fails is restarted without end.",
  startretries:
    "How many further attempts follow when the program ends before `startsecs`, each a second later than the one before. After the last one the state is FATAL, until somebody starts it by hand.",
  autorestart:
    "What happens when a program that had started ends: `true` restarts it always, `false` never, `unexpected` only when its exit code is not among `exitcodes`. Failures before `startsecs` are the business of `startretries` whatever stands here.",
  exitcodes:
    "The exit codes that count as a normal end, separated by commas. With `autorestart=unexpected` any other code leads to a restart; a death by signal is always unexpected.",
  stopsignal:
    "The signal that asks the program to stop: a name, with or without `SIG`, or a number. Many servers finish their requests first on `QUIT` or `INT`.",
  stopwaitsecs:
    "How many seconds the program has to end after `stopsignal`, before it is killed with SIGKILL. Work that takes longer needs a higher number.",
  stopasgroup:
    "Whether `stopsignal` goes to the program's whole Unix process group instead of its first process. Commands that run others, such as `npm run` or `bash -c`, usually need it, and it turns on `killasgroup` as well.",
  killasgroup:
    "Whether the final SIGKILL goes to the program's whole Unix process group, so that its children do not outlive it. It cannot be false while `stopasgroup` is true.",
  stop_tree:
    "Whether all that the program started ends with it, also what left its session: it is asked with `stopsignal`, and killed after `stopwaitsecs`. The program counts as stopped, and is started again, only when nothing of it is left. `false` leaves it running, as Supervisor does; without it the value in `[supervisord]` counts.",
  user: "The account that runs the program, by name or number. Only a supervisord that runs as root can switch. `HOME` and `USER` keep their values: set them in `environment` where they matter.",
  redirect_stderr:
    "Whether the program's stderr is mixed into its stdout, as `2>&1` does in a shell. The `stderr_` options have no effect then.",
  ...OUTPUT("stdout"),
  ...OUTPUT("stderr"),
  environment:
    'Variables for the program, as `NAME="value",OTHER="value"`; they add to those of supervisord. Quote each value that holds anything but letters, digits and a few harmless signs, put commas between the pairs, and remember that `$NAME` is not replaced: `%(ENV_NAME)s` is. A `PATH` set here is where the executable of `command` is looked for, too.',
  env_files:
    "Files with further variables for the program, one `NAME=value` in a line, as Docker and Node read them. They are read anew at each start; what `environment` sets counts more, and so does a later file. A relative path counts from the folder of this file; `-.env` may be missing, any other file may not. Expansions such as `%(ENV_NAME)s` do not see these variables.",
  directory:
    "The folder the program starts in. It does not change where the executable is looked for; `%(here)s` stands for the folder of this file.",
  umask: "The file mode mask of the program, as an octal number.",
  serverurl:
    "The address that the program finds in `SUPERVISOR_SERVER_URL`. `AUTO` takes the server this file defines, a unix socket before a TCP port.",
};

const { redirect_stderr: _, ...LISTENER } = PROGRAM;

const ENGLISH: Descriptions = {
  unix_http_server: {
    about:
      "The unix socket on which supervisord takes commands from `supervisorctl` and other clients on this machine. Who may use it is decided by the file's permissions.",
    options: {
      file: "The path of the socket. The system allows 107 bytes at most, the folder must exist, and `serverurl` in `[supervisorctl]` has to name the same path after `unix://`.",
      chmod:
        "The permissions of the socket file, as an octal number. Whoever may write to it controls every program.",
      chown:
        "The owner of the socket file, as `user` or `user:group`. Needs a supervisord that runs as root, or a group it belongs to.",
      ...ACCOUNT,
      ...READONLY,
    },
  },
  inet_http_server: {
    about:
      "A TCP port on which supervisord takes commands and shows its web page. Who reaches it controls every program, so listen on 127.0.0.1 or set `username` and `password`.",
    options: {
      port: "Where to listen, as `host:port`. A bare port, `:port` and `*:port` listen on every network interface of the machine; `127.0.0.1:port` stays local.",
      ...ACCOUNT,
      ...READONLY,
      allowed_hosts:
        "Names, separated by spaces, by which browsers may call this server, such as `devbox.example`. IP addresses, `localhost`, the host in `port` and the machine's own name are good anyway; any other name is refused, because a web page could have made it up.",
    },
  },
  supervisord: {
    about:
      "Settings of the supervisor itself. A whole configuration needs this section, even an empty one; files that are included do not.",
    options: {
      logfile: "The supervisor's own activity log: a path, or `syslog`. Its folder must exist.",
      logfile_maxbytes:
        "The size at which the activity log is rotated, in bytes or with the suffix `KB`, `MB` or `GB` (multiples of 1024). `0` never rotates.",
      logfile_backups: "How many rotated activity logs are kept. `0` keeps none.",
      loglevel:
        "How much the activity log tells, from `critical` to `blather`. `debug` records what the programs write, `trace` also every exchange with clients.",
      pidfile: "The file that holds the supervisor's process id while it runs.",
      umask: "The file mode mask of the supervisor and of programs that set none, as an octal number.",
      nodaemon:
        "Whether the supervisor stays in the foreground. Containers and other supervisors need `true`: they take a parent that leaves for a crash.",
      silent: "Whether the activity log is kept off the terminal of a supervisor in the foreground.",
      minfds:
        "How many open files the supervisor must be able to have; it raises its limit on start and refuses to run where it cannot. Each program takes several.",
      minprocs:
        "How many processes the supervisor's user must be able to have; it raises its limit on start and refuses to run where it cannot.",
      nocleanup: "Whether `AUTO` logs of former runs are left alone instead of deleted on start.",
      childlogdir: "The existing folder in which programs with `AUTO` logs get theirs.",
      user: "The account the supervisor changes to after it started as root, by name or number. Programs can then no longer switch to others.",
      directory: "The folder the supervisor changes to when it goes into the background.",
      strip_ansi:
        "Whether colour and cursor sequences are taken out of the programs' logs. Do not use it with event listeners, whose protocol it may damage.",
      environment:
        'Variables for every program, as `NAME="value",OTHER="value"`; a program\'s own `environment` goes over them. They also serve as `%(ENV_NAME)s` in the sections of programs.',
      identifier: "The name under which this supervisor presents itself to clients and in events.",
      stop_tree:
        "Whether all that a program started ends with it, for the programs that do not say it themselves. `false` leaves it running, as Supervisor does.",
    },
  },
  supervisorctl: {
    about: "How `supervisorctl` reaches the supervisor when it reads this same file.",
    options: {
      serverurl:
        "The supervisor's address: `unix://` and the path of its socket, or `http://host:port`. It has to agree with `[unix_http_server]` or `[inet_http_server]`.",
      username: "The name to give to a server that asks for one; the same as in the server's section.",
      password: "The password to give, as plain text: a digest would not be accepted.",
      prompt: "The word before the `>` of the interactive prompt.",
      history_file: "The file in which the prompt's lines are kept between sessions.",
    },
  },
  include: {
    about:
      "Further files to read as if they stood here. Includes inside included files are ignored, and there is one such section per configuration.",
    options: {
      files:
        "Patterns of the files to read, separated by spaces; a comma would be part of a name. Relative ones start at the folder of this file, and each match is read in alphabetical order.",
    },
  },
  program: {
    about:
      "A command that the supervisor starts, watches and restarts. The name after the colon is the one to start and stop it by; it may hold no colon and no space.",
    options: PROGRAM,
  },
  group: {
    about:
      "Programs put under one name, to be started and stopped together. Its members are then addressed as `group:program`, and no longer by their own name alone.",
    options: {
      programs:
        "The names of the programs in the group, separated by commas. Each must be defined; one that stands in two groups runs twice.",
      priority:
        "The place of the group among programs and groups: lower numbers start first and are stopped last.",
    },
  },
  "fcgi-program": {
    about:
      "FastCGI processes that share one socket. The supervisor opens it, passes it on as file descriptor 0 and keeps it open while processes come and go. All options of `[program:x]` apply.",
    options: {
      ...PROGRAM,
      socket:
        "The shared socket: `unix://` and an absolute path, or `tcp://host:port`. `%(program_name)s` and `%(here)s` may stand in it.",
      socket_backlog: "How many connections may wait until a process takes them.",
      socket_owner:
        "The owner of a unix socket, as `user` or `user:group`. Without it the program's `user` owns the socket.",
      socket_mode: "The permissions of a unix socket, as an octal number.",
    },
  },
  eventlistener: {
    about:
      "A program that the supervisor tells about events, through its stdin and stdout. Its stdout belongs to the protocol, so messages go to stderr. The options of `[program:x]` apply, except `redirect_stderr`.",
    options: {
      ...LISTENER,
      priority:
        "The place in the order, lower first. Listeners start before programs, because it is -1 unless something else is set.",
      buffer_size:
        "How many events wait for a listener that is busy. When they are more, the oldest is thrown away and the log says so.",
      events:
        "The events to be told about, separated by commas. A general name takes in its special ones: `PROCESS_STATE` stands for every `PROCESS_STATE_...`.",
      result_handler: "The Python function, as `module:function`, that judges a listener's answer.",
    },
  },
  rpcinterface: {
    about:
      "A set of commands that the supervisor offers to its clients. `supervisorctl` needs `[rpcinterface:supervisor]`; sections with other names add plugins, whose own options stand beside the factory.",
    options: {
      "supervisor.rpcinterface_factory":
        "The Python function, as `module:function`, that makes the interface; for the standard one `supervisor.rpcinterface:make_main_rpcinterface`.",
    },
  },
  ctlplugin: {
    about:
      "Commands that a plugin adds to `supervisorctl`. The plugin's own options stand beside the factory.",
    options: {
      "supervisor.ctl_factory": "The Python function, as `module:function`, that makes the plugin.",
    },
  },
};
