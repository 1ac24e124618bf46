import { RequestFailure } from "../client/failure.ts";
import { strip } from "../config/python/text.ts";
import { actionNamed } from "./actions.ts";
import { EXIT } from "./exit-status.ts";
import type { Session } from "./session.ts";

/** Does what one line says. Whatever goes wrong is said, and shows in the exit status. */
export async function runLine(session: Session, text: string): Promise<"leave" | undefined> {
  const line = strip(text).replace(/^\?/, "help ");
  if (line === "") return undefined;
  const name = /^\w+/.exec(line)?.[0] ?? "";
  const action = actionNamed(name);
  if (action === undefined) {
    session.refuse(`*** Unknown syntax: ${line}`);
    return undefined;
  }
  try {
    return await action.run(session, strip(line.slice(name.length)));
  } catch (error) {
    session.exitStatus = EXIT.GENERIC;
    if (!(error instanceof RequestFailure && error.status === 401)) {
      session.say(`error: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
    session.say("Server requires authentication");
    return session.interactive ? logInAnd(session, line) : undefined;
  }
}

async function logInAnd(session: Session, line: string): Promise<"leave" | undefined> {
  const username = await session.terminal.readLine("Username:");
  const password = username === null ? null : await session.terminal.readSecret("Password:");
  session.say("");
  if (username === null || password === null) return "leave";
  session.credentials = { username, password };
  return runLine(session, line);
}
