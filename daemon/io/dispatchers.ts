import { isErrno } from "./errno.ts";
import { SocketFailure } from "./listening-socket.ts";

/** Why the streams of a child could not be opened, in Supervisor's words where it has some. */
export function describeDispatchers(name: string, error: unknown): string {
  if (error instanceof SocketFailure) return error.message;
  if (isErrno(error, "EMFILE")) return `too many open files to spawn '${name}'`;
  const code = error instanceof Error && "code" in error ? error.code : String(error);
  return `unknown error making dispatchers for '${name}': ${code}`;
}
