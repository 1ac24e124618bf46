import type { StateName } from "./states.ts";

/** One process as `supervisor.getProcessInfo` and `getAllProcessInfo` return it. Times are epoch seconds. */
export type ProcessInfo = {
  readonly name: string;
  readonly group: string;
  readonly start: number;
  readonly stop: number;
  readonly now: number;
  readonly state: number;
  readonly statename: StateName;
  readonly spawnerr: string;
  readonly exitstatus: number;
  readonly logfile: string;
  readonly stdout_logfile: string;
  readonly stderr_logfile: string;
  readonly pid: number;
  readonly description: string;
};

/** What a method that acts on many processes says of each. `status` 80 is success, else a fault code. */
export type ActionResult = {
  readonly name: string;
  readonly group: string;
  readonly status: number;
  readonly description: string;
};
