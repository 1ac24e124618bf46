import type { RequestFailure } from "../../client/failure.ts";
import { followLog, type TailedLog, tailPath } from "../../client/log-tail.ts";
import type { Session } from "../session.ts";

/** Shows a log as it grows, until Ctrl-C or the server's end. */
export async function follow(session: Session, log: TailedLog): Promise<void> {
  session.say("==> Press Ctrl-C to exit <==");
  const { promise: over, resolve: end } = Promise.withResolvers<"interrupted" | RequestFailure | null>();
  const undo = session.terminal.onInterrupt(() => end("interrupted"));
  const stream = followLog(session.address, log, { onText: show, onClosed: end });
  const reason = await over;
  undo();
  stream.close();
  if (reason === "interrupted") session.say("");
  else if (reason !== null) complain(session, log, reason);
}

/** Shows a piece of a log as it came. */
export function show(text: string): void {
  process.stdout.write(text);
}

/** Says why a log cannot be followed; as with Supervisor, that changes no exit status. */
export function complain(session: Session, log: TailedLog, failure: RequestFailure): void {
  const reason = failure.status === null ? failure.message : `Cannot read, status code ${failure.status}`;
  process.stderr.write(`${session.serverUrl}${tailPath(log)} ${reason}\n`);
}
