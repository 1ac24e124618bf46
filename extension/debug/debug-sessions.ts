import * as vscode from "vscode";
import { makeNamespec } from "../../daemon/protocol/names.ts";
import type { StateName } from "../../daemon/protocol/states.ts";
import type { Log } from "../log.ts";
import { holderOf } from "../machine/listeners.ts";
import { readProcess } from "../machine/processes.ts";
import { processesOf } from "../model/acts.ts";
import { entryOf, successorOf } from "../model/debug/debuggee.ts";
import { reattach } from "../model/debug/reattach.ts";
import { t } from "../model/l10n.ts";
import { targetId } from "../model/target.ts";
import type { ProcessTarget } from "../ports/program-ports.ts";
import type { Servers } from "../servers/servers.ts";
import { type FoundDebuggee, findDebuggees } from "./find-debuggees.ts";
import { openInspector } from "./inspector.ts";

/** The program that a debug session is for, and what of it. */
type Attached = { readonly target: ProcessTarget; readonly pid: number; readonly label: string };

/** An attached program that ended, and the state that was seen of it last. */
type Awaited = { readonly attached: Attached; before: StateName | null };

/** Names the program in the configuration of its debug session. */
const PROGRAM = "supervisordProgram";

const END_LOOKS = 5;
const COME_BACK_LOOKS = 100;
const LISTENER_LOOKS = 50;
const LOOK_MS = 100;
const MOST_QUESTIONS = 30;
const QUESTION_MS = 1000;

/** The debug sessions of programs: each goes on with the next run when its program is restarted. */
export class DebugSessions implements vscode.Disposable {
  readonly #servers: Servers;
  readonly #log: Log;
  readonly #attached = new Map<string, Attached>();
  readonly #awaited = new Map<string, Awaited>();
  /** Programs that are being attached to. */
  readonly #busy = new Set<string>();
  readonly #subscriptions: readonly vscode.Disposable[];

  constructor(servers: Servers, log: Log) {
    this.#servers = servers;
    this.#log = log;
    this.#subscriptions = [
      vscode.debug.onDidTerminateDebugSession((session) => void this.#ended(session)),
      servers.onDidChange(() => this.#goOn()),
    ];
  }

  /** Whether a debugger is attached to the program. */
  has(target: ProcessTarget): boolean {
    const id = targetId(target);
    return [...this.#attached.values()].some((attached) => targetId(attached.target) === id);
  }

  /** Does what brings a debugger to the program, while none is brought back to it by itself. */
  async bring(target: ProcessTarget, act: () => Promise<void>): Promise<void> {
    const id = targetId(target);
    if (this.#busy.has(id)) return;
    this.#busy.add(id);
    this.#awaited.delete(id);
    try {
      await act();
    } finally {
      this.#busy.delete(id);
    }
  }

  /** Attaches a debugger, to a Python program at `port` where it waits there. Throws a sentence where that cannot be. */
  async attach(target: ProcessTarget, debuggee: FoundDebuggee, port: number | null = null): Promise<void> {
    const id = targetId(target);
    const how = await (debuggee.language === "node" ? nodeSession(debuggee) : pythonSession(debuggee, port));
    const name = makeNamespec(target.group, target.name);
    const attached = { target, pid: debuggee.pid, label: debuggee.label };
    // Its start is told before it is reported to have worked.
    const noted = vscode.debug.onDidStartDebugSession((session) => {
      if (session.parentSession === undefined && session.configuration[PROGRAM] === id)
        this.#attached.set(session.id, attached);
    });
    try {
      const configuration = { ...how, name, request: "attach", [PROGRAM]: id };
      const started = await vscode.debug.startDebugging(this.#folderOf(target), configuration);
      if (!started) throw new Error(t("The debugger could not be attached to {0}.", name));
    } finally {
      noted.dispose();
    }
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #folderOf({ server }: ProcessTarget): vscode.WorkspaceFolder | undefined {
    const file = this.#servers.find(server)?.configFile ?? null;
    const folder = file === null ? undefined : vscode.workspace.getWorkspaceFolder(vscode.Uri.file(file));
    return folder ?? vscode.workspace.workspaceFolders?.[0];
  }

  async #ended(session: vscode.DebugSession): Promise<void> {
    const attached = this.#attached.get(session.id);
    if (attached === undefined) return;
    this.#attached.delete(session.id);
    const id = targetId(attached.target);
    if (this.#busy.has(id) || !(await hasEnded(attached.pid)) || this.#busy.has(id)) return;
    this.#awaited.set(id, { attached, before: null });
    this.#goOn();
    await this.#askFor(id, attached.target);
  }

  /** A supervisor that tells no changes is asked for a while, also where nobody looks at its programs. */
  async #askFor(id: string, { server }: ProcessTarget): Promise<void> {
    for (let question = 0; question < MOST_QUESTIONS && this.#awaited.has(id); question++) {
      const found = this.#servers.find(server);
      const state = found?.view.state;
      if (state?.kind === "connected" && state.info !== null) return;
      found?.refresh();
      await pause(QUESTION_MS);
    }
  }

  /** Brings the debugger back to what came up again. */
  #goOn(): void {
    for (const [id, awaited] of this.#awaited) {
      const [process] = processesOf(this.#servers.views, awaited.attached.target);
      const next = reattach(awaited.before, process);
      awaited.before = process?.state ?? null;
      if (next === "wait") continue;
      this.#awaited.delete(id);
      if (next === "attach") void this.#comeBack(awaited.attached);
    }
  }

  async #comeBack(attached: Attached): Promise<void> {
    try {
      await this.bring(attached.target, () => this.#attachToNext(attached));
    } catch (error) {
      // Nobody asked for it just now.
      this.#log.warn(`The debugger did not come back: ${String(error)}`);
    }
  }

  /** A program takes a moment until it has started what is to be debugged, and lets a debugger in. */
  async #attachToNext({ target, label, pid }: Attached): Promise<void> {
    let failure: unknown = new Error(`no process of ${targetId(target)} is like ${label}`);
    for (let look = 0; look < COME_BACK_LOOKS; look++) {
      const found = (await findDebuggees(this.#servers, target)).filter((one) => one.pid !== pid);
      const next = successorOf(label, found);
      const debuggee = found.find((one) => one.pid === next?.pid);
      if (debuggee !== undefined) {
        try {
          return await this.attach(target, debuggee);
        } catch (error) {
          failure = error;
        }
      }
      await pause();
    }
    throw failure;
  }
}

async function nodeSession(debuggee: FoundDebuggee): Promise<Session> {
  const port = await openInspector(debuggee);
  return { type: "node", address: "127.0.0.1", port, skipFiles: ["<node_internals>/**"] };
}

async function pythonSession({ facts, pid, label }: FoundDebuggee, port: number | null): Promise<Session> {
  const entry = entryOf(facts, "python");
  if (port !== null) return { type: "debugpy", connect: { host: "127.0.0.1", port } };
  if (entry.kind !== "listens") return { type: "debugpy", processId: pid };
  await awaitListener(entry.port, label);
  return { type: "debugpy", connect: { host: entry.host, port: entry.port } };
}

/** A program has to come up before it lets a debugger in. */
async function awaitListener(port: number, label: string): Promise<void> {
  for (let look = 0; look < LISTENER_LOOKS; look++) {
    if ((await holderOf(port)) !== null) return;
    await pause();
  }
  throw new Error(t("Nothing waits at port {0}, where {1} should let a debugger in.", port, label));
}

type Session = { readonly type: string } & Readonly<Record<string, unknown>>;

/** Whether a process ends about now; one that lives on was only let go by its debugger. */
async function hasEnded(pid: number): Promise<boolean> {
  for (let look = 0; look < END_LOOKS; look++) {
    if ((await readProcess(pid)) === null) return true;
    await pause();
  }
  return false;
}

function pause(lengthMs = LOOK_MS): Promise<void> {
  return new Promise((done) => setTimeout(done, lengthMs));
}
