import { errnoWords } from "./errno-words.ts";
import { t } from "./l10n.ts";

/**
 * What a supervisor, ours or the real one, tells in a sentence of English, in the user's language where its shape is
 * known; any other sentence as it is.
 */
export function supervisorWords(sentence: string): string {
  if (sentence.length > LONGEST) return sentence;
  for (const [shape, words] of KNOWN) {
    const found = shape.exec(sentence);
    if (found !== null) return words(found[1] ?? "", found[2] ?? "", found[3] ?? "");
  }
  return sentence;
}

/** No supervisor tells more in a sentence; a stranger's may be so long that looking for shapes takes seconds. */
const LONGEST = 5000;

/** A reason within a sentence: one of the sentences below, or an error of the system. */
function reasonWords(reason: string): string {
  const words = supervisorWords(reason);
  return words === reason ? errnoWords(reason) : words;
}

type Known = readonly [shape: RegExp, words: (first: string, second: string, third: string) => string];

/** Why a program did not start, or has ended. */
const SPAWNING: readonly Known[] = [
  [/^Exited too quickly/, () => t("Exited too quickly (process log may have details)")],
  [/^Bad exit code -1$/, () => t("ended by a signal")],
  [/^Bad exit code (\d+)$/, (code) => t("exit code {0}", code)],
  [/^can't find command (.+)$/s, (command) => t("can't find command {0}", command)],
  [
    /^can't parse command (.+): No closing quotation$/s,
    (command) => t("can't parse command {0}: a quotation mark is not closed", command),
  ],
  [
    /^can't parse command (.+): No escaped character$/s,
    (command) => t("can't parse command {0}: nothing follows the last backslash", command),
  ],
  [/^command is empty$/, () => t("command is empty")],
  [/^command at (.+) is a directory$/s, (path) => t("command at {0} is a directory", path)],
  [/^command at (.+) is not executable$/s, (path) => t("command at {0} is not executable", path)],
  [/^no permission to run command (.+)$/s, (path) => t("no permission to run command {0}", path)],
  [/^couldn't exec (.+): (\w+)$/s, (name, code) => t("couldn't run {0}: {1}", name, errnoWords(code))],
  [
    /^couldn't chdir to (.+): (\w+)$/s,
    (path, code) => t("couldn't change to the directory {0}: {1}", path, errnoWords(code)),
  ],
  [
    /^couldn't setuid to (.+): Can't find uid .+$/,
    (user) => t("couldn't run as {0}: there is no such user", user),
  ],
  [
    /^couldn't setuid to (.+): Can't drop privilege as nonroot user$/,
    (user) => t("couldn't run as {0}: only a supervisord of root can", user),
  ],
  [
    /^Too many processes in process table to spawn '(.+)'$/,
    (name) => t("there are too many processes to start {0}", name),
  ],
  [/^too many open files to spawn '(.+)'$/, (name) => t("there are too many open files to start {0}", name)],
  [
    /^unknown error making dispatchers for '(.+)': (.+)$/s,
    (name, reason) => t("cannot open the logs and pipes of {0}: {1}", name, reasonWords(reason)),
  ],
  [
    /^unknown error during fork for '(.+)': (.+)$/s,
    (name, reason) => t("cannot start a process for {0}: {1}", name, reasonWords(reason)),
  ],
  [
    /^cannot read (.+) of env_files: (.+)$/s,
    (path, reason) => t("cannot read {0} of env_files: {1}", path, reasonWords(reason)),
  ],
  [/^it is no file$/, () => t("it is no file")],
  [/^it is too large$/, () => t("it is too large")],
  [
    /^cannot use (.+) of env_files: in line (\d+) (.+)$/s,
    (path, line, reason) =>
      t("cannot use {0} of env_files: in line {1} {2}", path, line, supervisorWords(reason)),
  ],
  [/^there is no =$/, () => t("there is no =")],
  [/^(\S+) is no name of a variable$/, (name) => t("{0} is no name of a variable", name)],
  [/^a quote is not closed$/, () => t("a quote is not closed")],
  [/^something follows the closing quote$/, () => t("something follows the closing quote")],
];

/** What a daemon cannot do at present, and what it leaves alone. */
const FAULTS: readonly Known[] = [
  [/^cannot write to syslog: (.+)$/s, (reason) => t("cannot write to syslog: {0}", reasonWords(reason))],
  [/^cannot run logger: (.+)$/s, (reason) => t("cannot run logger: {0}", reasonWords(reason))],
  [
    /^cannot write (.+?): (.+); (\d+) bytes are missing$/s,
    (path, reason, bytes) =>
      t("cannot write {0}: {1}; {2} bytes are missing", path, reasonWords(reason), bytes),
  ],
  [
    /^cannot write (.+?): (.+); a daemon after this one may not find its programs$/s,
    (path, reason) =>
      t(
        "cannot write {0}: {1}; a daemon after this one may not find its programs",
        path,
        reasonWords(reason),
      ),
  ],
  [/^cannot write (.+?): (.+)$/s, (path, reason) => t("cannot write {0}: {1}", path, reasonWords(reason))],
  [
    /^cannot rotate (.+), so it grows on: (.+)$/s,
    (path, reason) => t("cannot rotate {0}, so it grows on: {1}", path, reasonWords(reason)),
  ],
  [
    /^cannot read output through (.+?): (.+)$/s,
    (path, reason) => t("cannot read output through {0}: {1}", path, reasonWords(reason)),
  ],
  [
    /^socket (.+) was removed or replaced, so that clients cannot connect to it$/s,
    (path) => t("socket {0} was removed or replaced, so that clients cannot connect to it", path),
  ],
  [
    /^clients cannot connect to (.+?): (.+)$/s,
    (path, reason) => t("clients cannot connect to {0}: {1}", path, reasonWords(reason)),
  ],
  [
    /^cannot start (\S+) and (\d+) more: (.+); it is tried again every second$/s,
    (first, more, reason) =>
      t(
        "cannot start {0} and {1} more: {2}; it is tried again every second",
        first,
        more,
        reasonWords(reason),
      ),
  ],
  [
    /^cannot start (.+?): ([^:]+); it is tried again every second$/s,
    (name, reason) => t("cannot start {0}: {1}; it is tried again every second", name, reasonWords(reason)),
  ],
  [/^the daemon has too many open files$/, () => t("the daemon has too many open files")],
  [/^the machine has too many open files$/, () => t("the machine has too many open files")],
  [/^there are too many processes$/, () => t("there are too many processes")],
  [/^there is no memory left$/, () => t("there is no memory left")],
  [
    /^there is no space left on the disk of the runtime folder$/,
    () => t("there is no space left on the disk of the runtime folder"),
  ],
  [
    /^the disk quota of the runtime folder is used up$/,
    () => t("the disk quota of the runtime folder is used up"),
  ],
  [/^the disk of the runtime folder is read-only$/, () => t("the disk of the runtime folder is read-only")],
  [/^its directory (.+) is gone$/s, (path) => t("its directory {0} is gone", path)],
  [
    /^cannot look for what programs leave behind: (.+)$/s,
    (reason) => t("cannot look for what programs leave behind: {0}", reasonWords(reason)),
  ],
  [
    /^cannot stop what (.+?) left behind, stop it by hand: (.+)$/s,
    (name, processes) => t("cannot stop what {0} left behind, stop it by hand: {1}", name, processes),
  ],
  [/^it is left of an earlier run of (.+)$/, (name) => t("it is left of an earlier run of {0}", name)],
  [/^the configuration has no (.+) any more$/, (name) => t("the configuration has no {0} any more", name)],
];

/** Why a supervisor does not start, or cannot be reached. */
const REACHING: readonly Known[] = [
  [
    /^cannot reach the supervisor at (\S+): (.+)$/s,
    (address, reason) => t("cannot reach the supervisor at {0}: {1}", address, reasonWords(reason)),
  ],
  [
    /^cannot use the supervisor at (\S+): (.+)$/s,
    (address, reason) => t("cannot use the supervisor at {0}: {1}", address, reasonWords(reason)),
  ],
  [/^it requires a user name and password$/, () => t("it requires a user name and password")],
  [/^it answers with HTTP status (\d+)$/, (status) => t("it answers with HTTP status {0}", status)],
  [/^no answer within ([\d.]+) seconds$/, (seconds) => t("no answer within {0} seconds", seconds)],
  [/^it sends events that cannot be read$/, () => t("it sends events that cannot be read")],
  [
    /^everybody may replace what is in (.+): chmod \+t it, or set XDG_RUNTIME_DIR to a folder of your own$/s,
    (path) =>
      t(
        "everybody may replace what is in {0}: chmod +t it, or set XDG_RUNTIME_DIR to a folder of your own",
        path,
      ),
  ],
  [/^(.+) is no folder: remove it$/s, (path) => t("{0} is no folder: remove it", path)],
  [
    /^(.+) belongs to somebody else \(user (\d+)\): remove it, or set XDG_RUNTIME_DIR to a folder of your own$/s,
    (path, user) =>
      t(
        "{0} belongs to somebody else (user {1}): remove it, or set XDG_RUNTIME_DIR to a folder of your own",
        path,
        user,
      ),
  ],
  [
    /^others may write to (.+) \(mode (\d+)\): look at what is in it, then chmod 700 it$/s,
    (path, mode) =>
      t("others may write to {0} (mode {1}): look at what is in it, then chmod 700 it", path, mode),
  ],
  [/^no such file$/, () => t("no such file")],
  [/^permission denied$/, () => t("permission denied")],
  [/^the file is not a socket$/, () => t("the file is not a socket")],
  [/^connection refused$/, () => t("connection refused")],
  [/^the connection was closed$/, () => t("the connection was closed")],
  [/^the request was given up$/, () => t("the request was given up")],
  [/^the host is not known$/, () => t("the host is not known")],
  [/^the host's name cannot be looked up now$/, () => t("the host's name cannot be looked up now")],
  [/^the host cannot be reached$/, () => t("the host cannot be reached")],
  [/^the host does not answer$/, () => t("the host does not answer")],
  [
    /^Another program is already listening on (.+)$/,
    (address) => t("Another program is already listening on {0}", address),
  ],
  [
    /^cannot listen on (.+?): (?:listen )?(E[A-Z]+.*)$/s,
    (address, reason) => t("cannot listen on {0}: {1}", address, reasonWords(reason)),
  ],
  [
    /^supervisord is already running with (.+); supervisorctl -c .+ talks to it$/,
    (file) => t("supervisord is already running with {0}", file),
  ],
];

const KNOWN: readonly Known[] = [...SPAWNING, ...FAULTS, ...REACHING];
