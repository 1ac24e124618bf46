import { FAULT_CODES } from "../protocol/faults.ts";

/** Exit statuses of `supervisorctl`: those of LSB init scripts, which scripts rely on. */
export const EXIT = {
  SUCCESS: 0,
  GENERIC: 1,
  INVALID_ARGS: 2,
  UNIMPLEMENTED_FEATURE: 3,
  INSUFFICIENT_PRIVILEGES: 4,
  NOT_INSTALLED: 5,
  NOT_RUNNING: 7,
} as const;

/** Exit statuses of `status`, which LSB numbers differently. */
export const STATUS_EXIT = { NOT_RUNNING: 3, UNKNOWN: 4 } as const;

/** The exit status that the result of an act asks for; null where it leaves the status as it is. */
export function exitStatusOf(resultCode: number, ignored?: number): number | null {
  if (resultCode === FAULT_CODES.SUCCESS || resultCode === ignored) return null;
  return DEAD_PROGRAM.has(resultCode) ? EXIT.NOT_RUNNING : EXIT.GENERIC;
}

const DEAD_PROGRAM: ReadonlySet<number> = new Set([
  FAULT_CODES.SPAWN_ERROR,
  FAULT_CODES.ABNORMAL_TERMINATION,
  FAULT_CODES.NOT_RUNNING,
]);
