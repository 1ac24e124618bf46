/** Linux signal numbers by the names that Python's `signal` module gives them. */
export const SIGNALS: Readonly<Record<string, number>> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGILL: 4,
  SIGTRAP: 5,
  SIGABRT: 6,
  SIGIOT: 6,
  SIGBUS: 7,
  SIGFPE: 8,
  SIGKILL: 9,
  SIGUSR1: 10,
  SIGSEGV: 11,
  SIGUSR2: 12,
  SIGPIPE: 13,
  SIGALRM: 14,
  SIGTERM: 15,
  SIGSTKFLT: 16,
  SIGCHLD: 17,
  SIGCLD: 17,
  SIGCONT: 18,
  SIGSTOP: 19,
  SIGTSTP: 20,
  SIGTTIN: 21,
  SIGTTOU: 22,
  SIGURG: 23,
  SIGXCPU: 24,
  SIGXFSZ: 25,
  SIGVTALRM: 26,
  SIGPROF: 27,
  SIGWINCH: 28,
  SIGIO: 29,
  SIGPOLL: 29,
  SIGPWR: 30,
  SIGSYS: 31,
  SIGRTMIN: 34,
  SIGRTMAX: 64,
};

/** Names that Supervisor takes for signals because Python's constants for other things start alike. */
const ODD_NAMES: Readonly<Record<string, number>> = {
  SIG_DFL: 0,
  SIG_BLOCK: 0,
  SIG_IGN: 1,
  SIG_UNBLOCK: 1,
  SIG_SETMASK: 2,
};

/** The numbers that Supervisor takes; 0 is among them by way of the odd names. */
export const VALID_SIGNALS: ReadonlySet<number> = new Set([0, ...Object.values(SIGNALS)]);

/** The number of a signal whose name is given in capitals, with or without SIG; null for none. */
export function signalNumber(name: string): number | null {
  const full = name.startsWith("SIG") ? name : `SIG${name}`;
  if (Object.hasOwn(SIGNALS, full)) return SIGNALS[full] ?? null;
  return Object.hasOwn(ODD_NAMES, full) ? (ODD_NAMES[full] ?? null) : null;
}

/** The name of a signal, as the log tells it. */
export function signalName(number: number): string {
  return Object.keys(SIGNALS).find((name) => SIGNALS[name] === number) ?? `signal ${number}`;
}
