import { describeAddress, type ServerAddress } from "./address.ts";

/** Why a supervisor did not answer as it should; the message is a sentence to show. */
export class RequestFailure extends Error {
  /** The system's name for a connection that failed (ENOENT, ECONNREFUSED, ETIMEDOUT ...); null once it stood. */
  readonly code: string | null;
  /** The HTTP status of an answer other than 200; null where there was no answer. */
  readonly status: number | null;

  constructor(message: string, facts: { code?: string; status?: number; cause?: unknown }) {
    super(message, { cause: facts.cause });
    this.name = "RequestFailure";
    this.code = facts.code ?? null;
    this.status = facts.status ?? null;
  }
}

/** The failure of a connection that could not be made or broke. */
export function unreachable(address: ServerAddress, cause: Error): RequestFailure {
  if (cause instanceof RequestFailure) return cause;
  const code = codeOf(cause);
  const reason = code === "ABORT_ERR" ? "the request was given up" : (REASONS[code] ?? cause.message);
  return new RequestFailure(`cannot reach the supervisor at ${describeAddress(address)}: ${reason}`, {
    code,
    cause,
  });
}

/** The failure of a server that did not answer in time. */
export function tooSlow(address: ServerAddress, timeoutMs: number): RequestFailure {
  return new RequestFailure(
    `cannot reach the supervisor at ${describeAddress(address)}: no answer within ${timeoutMs / 1000} seconds`,
    { code: "ETIMEDOUT" },
  );
}

/** The failure that an HTTP status other than 200 tells of. */
export function refusedWith(address: ServerAddress, status: number): RequestFailure {
  const reason =
    status === 401 ? "it requires a user name and password" : `it answers with HTTP status ${status}`;
  return unusable(address, reason, { status });
}

/** The failure of a server that answers, but not as a supervisor does. */
export function unusable(
  address: ServerAddress,
  reason: string,
  facts: { status?: number; cause?: unknown },
): RequestFailure {
  return new RequestFailure(`cannot use the supervisor at ${describeAddress(address)}: ${reason}`, facts);
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "no such file",
  ENOTSOCK: "the file is not a socket",
  EACCES: "permission denied",
  ECONNREFUSED: "connection refused",
  ECONNRESET: "the connection was closed",
  EPIPE: "the connection was closed",
  ENOTFOUND: "the host is not known",
  EAI_AGAIN: "the host's name cannot be looked up now",
  EHOSTUNREACH: "the host cannot be reached",
  ETIMEDOUT: "the host does not answer",
};

function codeOf(error: Error): string {
  return "code" in error && typeof error.code === "string" ? error.code : "";
}
