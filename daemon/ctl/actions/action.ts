import type { Session } from "../session.ts";

/** An action of `supervisorctl`. */
export type Action = {
  /** Does it with what stands after its name, trimmed; returns "leave" where the prompt shall end. */
  readonly run: (session: Session, argument: string) => Promise<"leave" | undefined>;
  /** Each form it takes, and what that does. */
  readonly help: readonly string[];
  /** What its arguments name. */
  readonly names?: "action" | "group" | "process";
};
