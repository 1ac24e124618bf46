import { words } from "../../config/python/text.ts";
import { EXIT } from "../exit-status.ts";
import type { Session } from "../session.ts";
import type { Action } from "./action.ts";

/** Says what is wrong with the arguments, then how the action is used. */
export function refuseUsage(
  session: Session,
  line: string,
  action: Action,
  exitStatus: number = EXIT.GENERIC,
): undefined {
  session.refuse(line, exitStatus);
  for (const form of action.help) session.say(form);
}

/** The words of an argument without a switch, and whether the switch was among them. */
export function takeSwitch(
  argument: string,
  name: string,
): { readonly given: boolean; readonly names: string[] } {
  const all = words(argument);
  return { given: all.includes(name), names: all.filter((word) => word !== name) };
}
