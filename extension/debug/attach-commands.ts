import { join } from "node:path";
import * as vscode from "vscode";
import { FAULT_CODES, Fault } from "../../daemon/protocol/faults.ts";
import { makeNamespec } from "../../daemon/protocol/names.ts";
import { RUNNING_STATES } from "../../daemon/protocol/states.ts";
import { processesOf } from "../model/acts.ts";
import type { CommandArguments } from "../model/command-arguments.ts";
import { entryOf, worthDebugging } from "../model/debug/debuggee.ts";
import { t } from "../model/l10n.ts";
import { isOnThisMachine, type ProcessTarget } from "../ports/program-ports.ts";
import { perform } from "../servers/perform.ts";
import type { Servers } from "../servers/servers.ts";
import { chooseProcess } from "../views/process-picker.ts";
import type { DebugSessions } from "./debug-sessions.ts";
import { type FoundDebuggee, findDebuggees } from "./find-debuggees.ts";
import { inspectorOf } from "./inspector.ts";
import { type PythonStartup, preparePythonStartup } from "./python-startup.ts";

/** What attaching a debugger needs of the extension. */
export type DebugParts = { readonly servers: Servers; readonly debugSessions: DebugSessions };

const LOCATION = { location: { viewId: "supervisord.programs" } };
const PYTHON_DEBUGGER = "ms-python.debugpy";

/** Attaches a debugger to the Node or Python program that the arguments name, or that is picked. */
export async function attachDebugger(parts: DebugParts, args: CommandArguments): Promise<void> {
  const { servers, debugSessions } = parts;
  const target = await chooseProcess(
    servers,
    args,
    t("Attach Debugger to Program"),
    ({ pid }) => pid !== null,
  );
  if (target === null) return;
  const name = requireLocal(servers, target);
  if (debugSessions.has(target)) {
    await vscode.window.showInformationMessage(t("A debugger is attached to {0} already.", name));
    return;
  }
  await debugSessions.bring(target, async () => {
    const found = worthy(await findDebuggees(servers, target));
    if (found.length === 0) throw new Error(t("{0} runs neither Node nor Python at present.", name));
    const debuggee = found.length === 1 ? found[0] : await chooseDebuggee(name, found);
    if (debuggee === undefined || !(await hasDebugger(debuggee))) return;
    await vscode.window.withProgress(LOCATION, () => debugSessions.attach(target, debuggee));
  });
}

/** Starts a program anew so that a debugger can be attached at once, with a port of its own, and attaches it. */
export async function restartUnderDebugger(parts: DebugParts, args: CommandArguments): Promise<void> {
  const { servers, debugSessions } = parts;
  const title = t("Restart Program Under Debugger");
  const target = await chooseProcess(servers, args, title, () => true);
  if (target === null) return;
  const name = requireLocal(servers, target);
  const state = servers.find(target.server)?.view.state;
  if (state?.kind === "connected" && state.info === null)
    throw new Error(
      t(
        "This supervisord cannot start a program with another environment, as the debugger needs: restart {0}, then attach the debugger.",
        name,
      ),
    );
  const python = pythonStartup();
  try {
    await debugSessions.bring(target, async () => {
      const { debuggee, port } = await vscode.window.withProgress(LOCATION, async () => {
        await startAnew(servers, target, { ...INSPECTED, ...python?.variables });
        return awaitDebuggee(servers, target, python);
      });
      if (await hasDebugger(debuggee)) await debugSessions.attach(target, debuggee, port);
    });
  } finally {
    python?.dispose();
  }
}

/** Nothing where the editor could not debug Python anyway. */
function pythonStartup(): PythonStartup | null {
  const extension = vscode.extensions.getExtension(PYTHON_DEBUGGER);
  return extension === undefined ? null : preparePythonStartup(join(extension.extensionPath, "bundled/libs"));
}

/** Each process takes a free port for itself, so that npm and what it runs do not want the same one. */
const INSPECTED = { NODE_OPTIONS: "%(ENV_NODE_OPTIONS)s --inspect=127.0.0.1:0" };

async function startAnew(
  servers: Servers,
  target: ProcessTarget,
  variables: Readonly<Record<string, string>>,
): Promise<void> {
  const name = makeNamespec(target.group, target.name);
  const server = servers.find(target.server);
  const client = server?.client;
  if (!server || !client) throw new Error(t("{0} is not running: start it first.", target.server));
  const isUp = processesOf(servers.views, target).some((process) => RUNNING_STATES.has(process.state));
  const [failure] = isUp ? await perform(client, "stop", target) : [];
  if (failure !== undefined) throw new Error(failure);
  try {
    // Not waited for until it counts as started: what it does first may be what is looked for.
    await client.startProcessWith(name, variables, false);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    if (error.code !== FAULT_CODES.FAILED)
      throw new Error(t("{0} cannot be started: {1}.", name, error.text));
    throw new Error(
      t(
        "Only a supervisord on this machine, of your own, starts programs under the debugger: {0}.",
        error.text,
      ),
    );
  }
}

const LOOKS = 150;
const LOOK_MS = 100;
/** After so many looks nothing else will come: then what only runs others is taken, and what has ended is given up. */
const PATIENT_LOOKS = 30;
/** After so many a Python program is not believed to tell where it waits any more. */
const PYTHON_LOOKS = 100;

/** What a debugger is attached to, and at which port it waits where it is not asked for that. */
type Awaited = { readonly debuggee: FoundDebuggee; readonly port: number | null };

/** Waits until the program runs something that a debugger can be attached to. */
async function awaitDebuggee(
  servers: Servers,
  target: ProcessTarget,
  python: PythonStartup | null,
): Promise<Awaited> {
  const name = makeNamespec(target.group, target.name);
  for (let look = 0; look < LOOKS; look++) {
    const isPatient = look < PATIENT_LOOKS;
    const [process] = processesOf(servers.views, target);
    if (!isPatient && process?.pid === null) break;
    for (const debuggee of worthy(await findDebuggees(servers, target))) {
      if (debuggee.isLauncher && isPatient) continue;
      if (debuggee.language === "node") {
        if ((await inspectorOf(debuggee.pid)) !== null) return { debuggee, port: null };
        continue;
      }
      const port = python === null || waits(debuggee) ? null : portOf(python, debuggee, name);
      if (port !== "unknown") return { debuggee, port };
      // It reads no PYTHONPATH: the debugger has to get in by itself.
      if (look >= PYTHON_LOOKS) return { debuggee, port: null };
    }
    await new Promise((done) => setTimeout(done, LOOK_MS));
  }
  throw new Error(t("{0} was started, but runs neither Node nor Python at present.", name));
}

/** Whether a Python program lets a debugger in of its own accord. */
function waits({ facts }: FoundDebuggee): boolean {
  return entryOf(facts, "python").kind === "listens";
}

/** Where a Python process said that it waits. Throws a sentence where it cannot. */
function portOf(python: PythonStartup, { pid }: FoundDebuggee, name: string): number | "unknown" {
  const report = python.report();
  if (report?.kind === "missing")
    throw new Error(
      t(
        "{0} runs, but without a debugger: its Python has no debugpy. Install it with: {1} -m pip install debugpy",
        name,
        report.interpreter,
      ),
    );
  if (report?.kind === "failed")
    throw new Error(t("{0} runs, but its debugger does not: {1}", name, report.reason));
  return report?.pid === pid ? report.port : "unknown";
}

function worthy(found: readonly FoundDebuggee[]): FoundDebuggee[] {
  const wanted = worthDebugging(found);
  return found.filter((one) => wanted.some(({ pid }) => pid === one.pid));
}

/** The program's name, if its processes can be seen from here. */
function requireLocal(servers: Servers, target: ProcessTarget): string {
  const name = makeNamespec(target.group, target.name);
  const address = servers.find(target.server)?.client?.address;
  if (address === undefined) throw new Error(t("{0} is not running: start it first.", target.server));
  if (isOnThisMachine(address)) return name;
  throw new Error(t("{0} runs on another machine, where no debugger can be attached from here.", name));
}

async function chooseDebuggee(
  name: string,
  found: readonly FoundDebuggee[],
): Promise<FoundDebuggee | undefined> {
  const items = found.map((debuggee) => ({
    label: debuggee.label,
    description: t("pid {0}", debuggee.pid),
    debuggee,
  }));
  const placeHolder = t("{0} is several processes. Choose one", name);
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.debuggee;
}

/** Whether the editor can debug the language; tells what is missing where it cannot. */
async function hasDebugger({ language }: FoundDebuggee): Promise<boolean> {
  if (language === "node" || vscode.extensions.getExtension(PYTHON_DEBUGGER) !== undefined) return true;
  const find = t("Show Extension");
  const words = t("To debug Python, the editor needs the extension {0}.", PYTHON_DEBUGGER);
  const choice = await vscode.window.showInformationMessage(words, find);
  if (choice === find) await vscode.commands.executeCommand("workbench.extensions.search", PYTHON_DEBUGGER);
  return false;
}
