import type { RpcClient } from "../daemon/client/rpc.ts";
import { makeNamespec } from "../daemon/protocol/names.ts";
import type { ExitHistories } from "./exit-histories.ts";
import { processesOf } from "./model/acts.ts";
import { type Closer, lastLinesOf, NOTHING_CLOSER } from "./model/process-facts.ts";
import { targetId } from "./model/target.ts";
import { type ProcessTarget, portsOf } from "./ports/program-ports.ts";
import type { RowExtras } from "./row-extras.ts";
import type { Servers } from "./servers/servers.ts";

const TAIL_BYTES = 4096;
const PATIENCE_MS = 1500;

/** Finds out what is known of a process beside its state, each time anew; what does not answer in time is left out. */
export class CloserLook {
  readonly #servers: Servers;
  readonly #histories: ExitHistories;
  readonly #extras: RowExtras;

  constructor(servers: Servers, histories: ExitHistories, extras: RowExtras) {
    this.#servers = servers;
    this.#histories = histories;
    this.#extras = extras;
  }

  async at(target: ProcessTarget, lineCount: number): Promise<Closer> {
    const id = targetId(target);
    const client = this.#servers.find(target.server)?.client;
    if (client == null) return NOTHING_CLOSER;
    const name = makeNamespec(target.group, target.name);
    const [told, directory, ports, lastLines] = await Promise.all([
      // The real supervisord remembers only the last end: then what this window saw has to do.
      inTime(client.getEndedRuns(name), []),
      inTime(directoryOf(client, target), null),
      inTime(portsOf(this.#servers, target), []),
      inTime(this.#lastLines(client, target, lineCount), []),
    ]);
    const history = this.#histories.of(id);
    const seen = history?.runs ?? [];
    return {
      directory,
      ports,
      lastLines,
      usage: this.#extras.known.get(id)?.usage ?? null,
      // A daemon that was put in another's place knows less than a window that was open before.
      runs: told.length >= seen.length ? told : seen,
      restarts: history?.restarts ?? 0,
    };
  }

  async #lastLines(client: RpcClient, target: ProcessTarget, count: number): Promise<string[]> {
    const [process] = processesOf(this.#servers.views, target);
    const name = makeNamespec(target.group, target.name);
    if (process?.stderrLogfile != null) {
      return lastLinesOf(await client.readProcessStderrLog(name, -TAIL_BYTES, 0), count);
    }
    if (process?.stdoutLogfile == null) return [];
    return lastLinesOf(await client.readProcessStdoutLog(name, -TAIL_BYTES, 0), count);
  }
}

async function directoryOf(client: RpcClient, { group, name }: ProcessTarget): Promise<string | null> {
  const configs = await client.getAllConfigInfo();
  return configs.find((config) => config.group === group && config.name === name)?.directory ?? null;
}

async function inTime<T>(answer: Promise<T>, otherwise: T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(otherwise), PATIENCE_MS);
  });
  try {
    return await Promise.race([answer, late]);
  } catch {
    // A log that is not there yet, or a supervisor that does not know the question.
    return otherwise;
  } finally {
    clearTimeout(timer);
  }
}
