import { type Process, wakeAt } from "../../daemon/core/process.ts";
import type { RunInput } from "../../daemon/core/run.ts";
import { type Input, step } from "../../daemon/core/step.ts";
import type { Effect, Policy } from "../../daemon/core/transition.ts";

/** Supervisor's defaults for a program called web. */
export const DEFAULT_POLICY: Policy = {
  name: "web",
  startsecs: 1,
  startretries: 3,
  autorestart: "unexpected",
  exitcodes: [0],
  stopsignal: 15,
  stopwaitsecs: 10,
  stopasgroup: false,
  killasgroup: false,
  stopTree: false,
};

/** `at` in milliseconds. A `wake` without `at` happens when the process itself asks for it. */
export type Event = { readonly at?: number; readonly input: Input };

/** Plays inputs through the reducer from STOPPED, and tells what happened, a line for each input and effect. */
export function timeline(events: readonly Event[], policy: Partial<Policy> = {}): string {
  let process: Process = { state: "STOPPED" };
  let now = 0;
  const lines: string[] = [];
  for (const { at, input } of events) {
    now = at ?? wakeAt(process) ?? now;
    const { next, effects }: ReturnType<typeof step> = step(
      process,
      input,
      { ...DEFAULT_POLICY, ...policy },
      now,
    );
    lines.push(`${String(now).padStart(6)} ${describeInput(input)}`);
    for (const effect of effects) lines.push(`         ${describeEffect(effect)}`);
    process = next;
  }
  return `${lines.join("\n")}\n`;
}

export function describeInput(input: RunInput): string {
  const { type, ...facts } = input;
  return Object.keys(facts).length === 0 ? type : `${type} ${JSON.stringify(facts)}`;
}

export function describeEffect(effect: Effect): string {
  switch (effect.type) {
    case "changed":
      return `${effect.from} -> ${effect.to.state}`;
    case "spawn":
      return "spawn";
    case "signal":
      return `signal ${effect.signal} to ${effect.group ? "group " : ""}${effect.pid}`;
    case "log":
      return `${effect.level}: ${effect.message}`;
    case "note-tree":
    case "kill-tree":
    case "look":
    case "leftovers":
      return effect.type;
    case "signal-survivor":
      return `signal ${effect.signal} to survivor ${effect.survivor.pid}`;
    case "spawn-error":
      return `spawnerr = ${effect.reason ?? "none"}`;
  }
}
