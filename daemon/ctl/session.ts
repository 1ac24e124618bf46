import { type Credentials, parseServerUrl, type ServerAddress } from "../client/address.ts";
import { RequestFailure } from "../client/failure.ts";
import { createRpcClient, type RpcClient } from "../client/rpc.ts";
import { FAULT_CODES, Fault } from "../protocol/faults.ts";
import { API_VERSION } from "../version.ts";
import { EXIT } from "./exit-status.ts";
import type { Terminal } from "./terminal.ts";

/** One run of `supervisorctl`: the server it speaks to, where its words go, and the status it will exit with. */
export class Session {
  readonly terminal: Terminal;
  /** Whether a person answers questions. */
  readonly interactive: boolean;
  serverUrl: string;
  credentials: Credentials;
  exitStatus: number = EXIT.SUCCESS;

  constructor(terminal: Terminal, interactive: boolean, serverUrl: string, credentials: Credentials) {
    this.terminal = terminal;
    this.interactive = interactive;
    this.serverUrl = serverUrl;
    this.credentials = credentials;
  }

  get address(): ServerAddress {
    return parseServerUrl(this.serverUrl, this.credentials);
  }

  get rpc(): RpcClient {
    return createRpcClient(this.address);
  }

  say(line: string): void {
    process.stdout.write(`${line}\n`);
  }

  /** Says why an action was not done. */
  refuse(line: string, exitStatus: number = EXIT.GENERIC): void {
    this.say(line);
    this.exitStatus = exitStatus;
  }

  /** Raises the exit status, unless the result of an act leaves it as it is. */
  note(exitStatus: number | null): void {
    if (exitStatus !== null) this.exitStatus = exitStatus;
  }
}

/** Whether a supervisor of a known kind answers; says why not. */
export async function isUp(session: Session): Promise<boolean> {
  try {
    const version = await session.rpc.call("supervisor.getVersion");
    if (version === API_VERSION) return true;
    session.refuse(
      `Sorry, this version of supervisorctl expects to talk to a server with API version ${API_VERSION}, but the remote version is ${version}.`,
      EXIT.NOT_INSTALLED,
    );
    return false;
  } catch (error) {
    const refusal = refusalOf(session, error);
    if (refusal === null) throw error;
    session.refuse(refusal.line, refusal.exitStatus);
    return false;
  }
}

function refusalOf(session: Session, error: unknown): { line: string; exitStatus: number } | null {
  if (error instanceof Fault && error.code === FAULT_CODES.UNKNOWN_METHOD) {
    return {
      line: "Sorry, supervisord responded but did not recognize the supervisor namespace commands that supervisorctl uses to control it.  Please check that the [rpcinterface:supervisor] section is enabled in the configuration file (see sample.conf).",
      exitStatus: EXIT.UNIMPLEMENTED_FEATURE,
    };
  }
  if (!(error instanceof RequestFailure)) return null;
  if (error.code === "ECONNREFUSED") {
    return { line: `${session.serverUrl} refused connection`, exitStatus: EXIT.INSUFFICIENT_PRIVILEGES };
  }
  if (error.code === "ENOENT")
    return { line: `${session.serverUrl} no such file`, exitStatus: EXIT.NOT_RUNNING };
  return null;
}
