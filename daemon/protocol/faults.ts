/** Supervisor's XML-RPC fault codes by name (supervisor/xmlrpc.py, class Faults). */
export const FAULT_CODES = {
  UNKNOWN_METHOD: 1,
  INCORRECT_PARAMETERS: 2,
  BAD_ARGUMENTS: 3,
  SIGNATURE_UNSUPPORTED: 4,
  SHUTDOWN_STATE: 6,
  BAD_NAME: 10,
  BAD_SIGNAL: 11,
  NO_FILE: 20,
  NOT_EXECUTABLE: 21,
  FAILED: 30,
  ABNORMAL_TERMINATION: 40,
  SPAWN_ERROR: 50,
  ALREADY_STARTED: 60,
  NOT_RUNNING: 70,
  SUCCESS: 80,
  ALREADY_ADDED: 90,
  STILL_RUNNING: 91,
  CANT_REREAD: 92,
} as const;

export type FaultName = keyof typeof FAULT_CODES;

/** A command refused, as XML-RPC carries it: Supervisor's number and text (`NAME: detail`). */
export class Fault extends Error {
  readonly code: number;
  readonly text: string;

  constructor(code: number, text: string) {
    super(text);
    this.name = "Fault";
    this.code = code;
    this.text = text;
  }
}

/** The fault of that name, worded as Supervisor does: the name, then what it concerns. */
export function fault(name: FaultName, concerning?: string): Fault {
  return new Fault(FAULT_CODES[name], concerning === undefined ? name : `${name}: ${concerning}`);
}
