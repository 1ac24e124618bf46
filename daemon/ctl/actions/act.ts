import { FAULT_CODES, Fault } from "../../protocol/faults.ts";
import { splitNamespec } from "../../protocol/names.ts";
import type { ActionResult } from "../../protocol/process-info.ts";
import { EXIT, exitStatusOf } from "../exit-status.ts";
import type { ResultFormat } from "../format.ts";
import type { Session } from "../session.ts";

/** Something that is done to one process, to a group, or to all. */
export type Act = {
  readonly all: () => Promise<ActionResult[]>;
  readonly group: (group: string) => Promise<ActionResult[]>;
  readonly one: (name: string) => Promise<unknown>;
  readonly format: ResultFormat;
  /** The fault that only says that it was so before. */
  readonly ignored?: number;
  readonly badGroupStatus?: number;
};

/** Does it to what each name stands for, and says how it went. */
export async function actOn(session: Session, names: readonly string[], act: Act): Promise<void> {
  if (names.includes("all")) return tell(session, await act.all(), act);
  for (const namespec of names) {
    const { group, process } = splitNamespec(namespec);
    if (process === null) await actOnGroup(session, group, act);
    else tell(session, [await outcome(() => act.one(namespec), group, process)], act);
  }
}

/** Does something to one process; a refusal is its result. */
export async function outcome(
  act: () => Promise<unknown>,
  group: string,
  name: string,
): Promise<ActionResult> {
  try {
    await act();
    return { group, name, status: FAULT_CODES.SUCCESS, description: "OK" };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { group, name, status: error.code, description: error.text };
  }
}

async function actOnGroup(session: Session, group: string, act: Act): Promise<void> {
  try {
    tell(session, await act.group(group), act);
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== FAULT_CODES.BAD_NAME) throw error;
    session.refuse(`${group}: ERROR (no such group)`, act.badGroupStatus ?? EXIT.GENERIC);
  }
}

function tell(session: Session, results: readonly ActionResult[], { format, ignored }: Act): void {
  for (const result of results) {
    session.say(format(result));
    session.note(exitStatusOf(result.status, ignored));
  }
}
