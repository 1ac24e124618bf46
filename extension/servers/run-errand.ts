import * as vscode from "vscode";
import { orNothing } from "../../daemon/client/or-nothing.ts";
import type { RpcClient } from "../../daemon/client/rpc.ts";
import type { ProcessSnapshot } from "../../daemon/protocol/event-stream.ts";
import { makeNamespec } from "../../daemon/protocol/names.ts";
import { membersOf, namedTargets } from "../model/acts.ts";
import { logLines } from "../model/agent-answers.ts";
import {
  announce,
  type Errand,
  type ErrandAction,
  isUnderWay,
  timedOut,
  type Verdict,
  verdictOn,
} from "../model/errand.ts";
import { t } from "../model/l10n.ts";
import type { ServerState } from "../model/server.ts";
import type { Target } from "../model/target.ts";
import { type Agree, findForErrand } from "./errand-finder.ts";
import { nextChange } from "./next-change.ts";
import { perform } from "./perform.ts";
import { processesNow } from "./processes-now.ts";
import type { Servers } from "./servers.ts";

/** What errands need of the window. */
export type ErrandParts = { readonly servers: Servers; readonly agree: Agree };

/** How often a supervisor that tells no changes is asked. */
const ASK_MS = 500;

/**
 * Does what a task or another extension asks for and waits until it is so: resolves with a sentence, rejects with one.
 * `tell` hears what happens meanwhile, line by line.
 */
export async function runErrand(
  { servers, agree }: ErrandParts,
  errand: Errand,
  tell: (line: string) => void,
  cancelled: AbortSignal,
): Promise<string> {
  if (!vscode.workspace.isTrusted)
    throw new Error(t("This workspace is not trusted: nothing in it is started or stopped."));
  const limited = () => AbortSignal.any([cancelled, AbortSignal.timeout(errand.timeoutMs)]);
  // How long the user thinks about starting a supervisord does not count.
  const early = errand.action === "start" || errand.action === "restart" ? cancelled : limited();
  try {
    const target = await findForErrand(servers, errand, agree, early);
    if (target === null) return t("{0} is down: its supervisord is not running.", errand.program);
    tell(announce(errand.action, errand.program, target.server));
    const doing = { servers, action: errand.action, target, tell };
    return await carryOut(doing, early === cancelled ? limited() : early);
  } catch (error) {
    if (cancelled.aborted) throw new Error(t("Waiting for {0} was cancelled.", errand.program));
    if (error instanceof DOMException && error.name === "TimeoutError") throw new Error(timedOut(errand));
    throw error;
  }
}

/** What is done, with whom, and who hears of it. */
type Doing = {
  readonly servers: Servers;
  readonly action: ErrandAction;
  readonly target: Target;
  readonly tell: (line: string) => void;
};

async function carryOut(doing: Doing, signal: AbortSignal): Promise<string> {
  const { servers, action, target, tell } = doing;
  const server = servers.find(target.server);
  const client = server?.client;
  if (!server || !client) throw new Error(t("{0} is not running: start it first.", target.server));
  const refusals = action === "wait" ? [] : await unlessAborted(act(doing, client, action), signal);
  server.refresh();
  const verdict = await awaitVerdict(doing, client, refusals, signal);
  if (verdict.kind === "done") return verdict.sentence;
  for (const line of await lastWords(client, verdict.process)) tell(`  ${line}`);
  throw new Error(verdict.sentence);
}

async function act({ servers, target }: Doing, client: RpcClient, action: Exclude<ErrandAction, "wait">) {
  const targets = namedTargets(servers.views, [target]);
  return (await Promise.all(targets.map((named) => perform(client, action, named)))).flat();
}

async function awaitVerdict(
  { servers, action, target }: Doing,
  client: RpcClient,
  refusals: readonly string[],
  signal: AbortSignal,
): Promise<Exclude<Verdict, { kind: "waiting" }>> {
  const over = new AbortController();
  const until = AbortSignal.any([signal, over.signal]);
  try {
    for (;;) {
      // Listened for before it is asked: nothing may happen unseen in between.
      const change = nextChange(servers, until, tellsChanges(servers, target) ? null : ASK_MS);
      change.catch(() => null);
      const processes = membersOf(await processesNow(client, stateOf(servers, target)), target);
      const verdict = verdictOn(action, processes);
      if (verdict.kind !== "waiting") return verdict;
      if (refusals.length > 0 && !isUnderWay(processes)) throw new Error(refusals.join(" "));
      await change;
    }
  } finally {
    over.abort();
  }
}

function tellsChanges(servers: Servers, target: Target): boolean {
  const state = stateOf(servers, target);
  return state?.kind === "connected" && state.info !== null;
}

function stateOf({ views }: Servers, { server }: Target): ServerState | undefined {
  return views.find(({ key }) => key === server)?.state;
}

const LAST_WORDS = 3;
const LAST_BYTES = 4096;

/** The end of what a process wrote, where it wrote what was wrong. */
async function lastWords(client: RpcClient, { group, name }: ProcessSnapshot): Promise<readonly string[]> {
  const namespec = makeNamespec(group, name);
  for (const read of [client.readProcessStderrLog, client.readProcessStdoutLog]) {
    const lines = logLines(await orNothing(() => read(namespec, -LAST_BYTES, 0)), "", LAST_WORDS);
    if (lines.length > 0) return lines;
  }
  return [];
}

function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((done, failed) => {
    const give = () => failed(signal.reason);
    signal.addEventListener("abort", give, { once: true });
    if (signal.aborted) give();
    work.then(done, failed).finally(() => signal.removeEventListener("abort", give));
  });
}
