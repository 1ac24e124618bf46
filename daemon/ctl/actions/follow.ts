import type { RequestFailure } from "../../client/failure.ts";
import { followLog, type TailedLog, tailPath } from "../../client/log-tail.ts";
import { terminalText } from "../../core/terminal-text.ts";
import type { Session } from "../session.ts";

/** Shows a log as it grows, until Ctrl-C or the server's end. */
export async function follow(session: Session, log: TailedLog): Promise<void> {
  session.say("==> Press Ctrl-C to exit <==");
  const { promise: over, resolve: end } = Promise.withResolvers<"interrupted" | RequestFailure | null>();
  const undo = session.terminal.onInterrupt(() => end("interrupted"));
  const stream = followLog(session.address, log, { onText: shower(), onClosed: end });
  const reason = await over;
  undo();
  stream.close();
  if (reason === "interrupted") session.say("");
  else if (reason !== null) complain(session, log, reason);
}

/** Shows a log piece by piece: as it came in a pipe or file, without what would act on it on a terminal. */
export function shower(): (text: string) => void {
  let pending = "";
  return (text) => {
    if (!process.stdout.isTTY) {
      process.stdout.write(text);
      return;
    }
    const shown = terminalText(pending, text);
    pending = shown.pending;
    process.stdout.write(shown.text);
  };
}

/** Says why a log cannot be followed; as with Supervisor, that changes no exit status. */
export function complain(session: Session, log: TailedLog, failure: RequestFailure): void {
  const reason = failure.status === null ? failure.message : `Cannot read, status code ${failure.status}`;
  process.stderr.write(`${session.serverUrl}${tailPath(log)} ${reason}\n`);
}
