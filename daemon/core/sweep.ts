import { type Effect, info, type Policy, warn } from "./transition.ts";

/** A process that a program started and left behind; `grouped` if it is in the program's process group. */
export type Survivor = {
  readonly pid: number;
  readonly startTime: string;
  readonly command: string;
  readonly grouped: boolean;
};

/**
 * The end of what a program left behind: looked for once the program has ended, then asked to stop, then killed.
 * `lookAt` is when it is looked again, null while that goes on; `refused` are those that no signal may be sent to.
 */
export type Sweep =
  | (Asking & { readonly phase: "looking" })
  | (Asked & { readonly phase: "stopping"; readonly killAt: number })
  | (Asked & { readonly phase: "killing"; readonly giveUpAt: number });

/** How the program itself ended: `groupAsked` if its whole group has had the stop signal, which no one wants twice. */
type Asking = { readonly forced: boolean; readonly groupAsked: boolean };

type Asked = {
  readonly survivors: readonly Survivor[];
  readonly refused: ReadonlySet<number>;
  readonly lookAt: number | null;
  readonly waitMs: number;
};

/** `next` is null when it is over, with what could not be stopped. */
export type SweepStep = {
  readonly next: Sweep | null;
  readonly abandoned: readonly Survivor[];
  readonly effects: readonly Effect[];
};

const SIGKILL = 9;
/** How long after SIGKILL a process may take to vanish before it is given up. */
const KILL_MS = 3000;
/** It is looked after 10 ms, then half as often each time. */
const FIRST_WAIT_MS = 10;
const LONGEST_WAIT_MS = 320;

/** The sweep after a look. */
export function afterLook(sweep: Sweep, found: readonly Survivor[], policy: Policy, now: number): SweepStep {
  const refused = refusedOf(sweep);
  const left = found.filter(({ pid }) => !refused.has(pid));
  if (left.length === 0) return over(found);
  switch (sweep.phase) {
    case "looking":
      return sweep.forced
        ? killing(found, left, refused, policy, now)
        : stopping(found, sweep.groupAsked, policy, now);
    case "stopping":
      if (now >= sweep.killAt) return killing(found, left, refused, policy, now);
      return goOn(sweep, found, policy.stopsignal, now);
    case "killing":
      if (now >= sweep.giveUpAt) return over(found);
      return goOn(sweep, found, SIGKILL, now);
  }
}

/** The sweep when the time to look again has come. */
export function lookAgain(
  sweep: Sweep,
  now: number,
): { readonly next: Sweep; readonly effects: readonly Effect[] } {
  if (sweep.phase === "looking" || sweep.lookAt === null || now < sweep.lookAt)
    return { next: sweep, effects: [] };
  return { next: { ...sweep, lookAt: null }, effects: [{ type: "look" }] };
}

/** The sweep when somebody has no more patience: what is found next is killed. */
export function hurry(sweep: Sweep): { readonly next: Sweep; readonly effects: readonly Effect[] } {
  const looks: readonly Effect[] =
    sweep.phase === "looking" || sweep.lookAt === null ? [] : [{ type: "look" }];
  switch (sweep.phase) {
    case "looking":
      return { next: { ...sweep, forced: true }, effects: [] };
    case "stopping":
      return { next: { ...sweep, killAt: 0, lookAt: null }, effects: looks };
    case "killing":
      return { next: sweep, effects: [] };
  }
}

/** The sweep when a signal may not be sent to a process: it is not waited for. */
export function afterRefusal(sweep: Sweep, pid: number): Sweep {
  return sweep.phase === "looking" ? sweep : { ...sweep, refused: new Set([...sweep.refused, pid]) };
}

/** What is left behind as far as it is known. */
export function survivorsOf(sweep: Sweep | null): readonly Survivor[] {
  return sweep === null || sweep.phase === "looking" ? [] : sweep.survivors;
}

function refusedOf(sweep: Sweep): ReadonlySet<number> {
  return sweep.phase === "looking" ? new Set() : sweep.refused;
}

function stopping(
  survivors: readonly Survivor[],
  groupAsked: boolean,
  policy: Policy,
  now: number,
): SweepStep {
  const killAt = now + policy.stopwaitsecs * 1000;
  const unasked = survivors.filter(({ grouped }) => !groupAsked || !grouped);
  return {
    next: {
      phase: "stopping",
      survivors,
      refused: new Set(),
      killAt,
      ...waiting(FIRST_WAIT_MS, now, killAt),
    },
    abandoned: [],
    effects: [
      info(`stopping what ${policy.name} left behind: ${describeSurvivors(survivors)}`),
      ...signals(unasked, policy.stopsignal),
      { type: "leftovers" },
    ],
  };
}

function killing(
  survivors: readonly Survivor[],
  left: readonly Survivor[],
  refused: ReadonlySet<number>,
  policy: Policy,
  now: number,
): SweepStep {
  const giveUpAt = now + KILL_MS;
  return {
    next: { phase: "killing", survivors, refused, giveUpAt, ...waiting(FIRST_WAIT_MS, now, giveUpAt) },
    abandoned: [],
    effects: [
      warn(`killing what ${policy.name} left behind with SIGKILL: ${describeSurvivors(left)}`),
      ...signals(left, SIGKILL),
      { type: "leftovers" },
    ],
  };
}

/** Those that were not there before get the signal too. */
function goOn(
  sweep: Extract<Sweep, Asked>,
  survivors: readonly Survivor[],
  signal: number,
  now: number,
): SweepStep {
  const known = new Set(sweep.survivors.map(({ pid }) => pid));
  const added = survivors.filter(({ pid }) => !known.has(pid));
  const changed = added.length > 0 || survivors.length < known.size;
  const until = sweep.phase === "stopping" ? sweep.killAt : sweep.giveUpAt;
  const wait = Math.min(sweep.waitMs * 2, LONGEST_WAIT_MS);
  return {
    next: { ...sweep, survivors, ...waiting(wait, now, until) },
    abandoned: [],
    effects: [...signals(added, signal), ...(changed ? [{ type: "leftovers" } as const] : [])],
  };
}

/** On a grid that the sweeps of many programs share: one look serves them all. */
function waiting(waitMs: number, now: number, until: number): Pick<Asked, "lookAt" | "waitMs"> {
  const next = (Math.floor(now / waitMs) + 1) * waitMs;
  return { lookAt: Math.min(next, Math.max(until, now)), waitMs };
}

function over(abandoned: readonly Survivor[]): SweepStep {
  return { next: null, abandoned, effects: [] };
}

function signals(survivors: readonly Survivor[], signal: number): Effect[] {
  return survivors.map((survivor) => ({ type: "signal-survivor", survivor, signal }));
}

const MOST_NAMED = 10;

/** `pid 12 (sleep 1000), pid 13 (node server.js)`. */
export function describeSurvivors(survivors: readonly Survivor[]): string {
  const named = survivors.slice(0, MOST_NAMED).map(({ pid, command }) => `pid ${pid} (${command})`);
  const more = survivors.length - named.length;
  return [...named, ...(more > 0 ? [`${more} more`] : [])].join(", ");
}
