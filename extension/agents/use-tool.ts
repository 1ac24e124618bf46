import { orNothing } from "../../daemon/client/or-nothing.ts";
import type { RpcClient } from "../../daemon/client/rpc.ts";
import { makeNamespec } from "../../daemon/protocol/names.ts";
import type { Plan } from "../../daemon/protocol/plan.ts";
import type { ProcessInfo } from "../../daemon/protocol/process-info.ts";
import { logLines, planAnswer, processAnswer, processesNamed } from "../model/agent-answers.ts";
import { type AgentInput, type AgentToolName, readAgentInput } from "../model/agent-tools.ts";
import { perform } from "../servers/perform.ts";

/** A supervisor that agents may use. */
export type Supervised = {
  /** What they call it: the path of its configuration, or the address that it was added by. */
  readonly name: string;
  /** What people call it. */
  readonly label: string;
  /** Null with the reason while none is connected. */
  readonly client: RpcClient | null;
  readonly reason: string;
  /** What its configuration would run; null for one that was added by its address. */
  readonly plan: (() => Promise<Plan>) | null;
};

/** Something that the caller can put right; its message is for the caller. */
class ToolRefusal extends Error {}

/** Uses a tool on one of the configurations; resolves with what to answer, as data. Rejects with a sentence. */
export async function useTool(
  name: AgentToolName,
  given: unknown,
  all: readonly Supervised[],
): Promise<unknown> {
  const input = readAgentInput(name, given);
  if (typeof input === "string") throw new ToolRefusal(input);
  return USES[name](input, all);
}

type Use = (input: AgentInput, all: readonly Supervised[]) => Promise<unknown>;

const USES: Readonly<Record<AgentToolName, Use>> = {
  list_programs: (input, all) => Promise.all(chosen(input, all).map(list)),
  program_status: status,
  read_log: readLog,
  search_logs: searchLogs,
  start_program: (input, all) => act("start", input, all),
  stop_program: (input, all) => act("stop", input, all),
  restart_program: (input, all) => act("restart", input, all),
  validate_configuration: validate,
};

/** Output at the end of a log that a status shows. */
const STATUS_LINES = 10;
const STATUS_BYTES = 8 * 1024;

/** The end of each log that is searched where many are. */
const SEARCH_BYTES = 256 * 1024;

/** The most of a log that is searched at once. */
const LOG_BYTES = 1024 * 1024;

function chosen({ configuration }: AgentInput, all: readonly Supervised[]): readonly Supervised[] {
  if (all.length === 0) throw new ToolRefusal("There is no supervisord.conf here.");
  if (configuration === null) return all;
  const found = all.filter(({ name, label }) => name === configuration || label === configuration);
  if (found.length > 0) return found;
  throw new ToolRefusal(
    `There is no configuration ${configuration}, only ${all.map(({ name }) => name).join(", ")}.`,
  );
}

/** A supervisor with the processes it has now; none, and the reason, where it does not answer. */
type Asked = Supervised & { readonly infos: readonly ProcessInfo[] };

async function ask(one: Supervised): Promise<Asked> {
  if (one.client === null) return { ...one, infos: [] };
  try {
    return { ...one, infos: await one.client.getAllProcessInfo() };
  } catch (error) {
    // One that is away must not hide the others.
    const reason = error instanceof Error ? error.message : String(error);
    return { ...one, client: null, reason, infos: [] };
  }
}

async function list(one: Supervised) {
  const { name, label, client, reason, infos } = await ask(one);
  const called = { configuration: name, ...(one.plan === null && label !== name ? { label } : {}) };
  if (client === null) return { ...called, running: false, reason };
  return { ...called, running: true, programs: infos.map(processAnswer) };
}

async function validate(input: AgentInput, all: readonly Supervised[]) {
  const plans = chosen(input, all).flatMap(({ plan }) => plan ?? []);
  if (plans.length === 0)
    throw new ToolRefusal("Servers that were added by address have no configuration here.");
  return Promise.all(plans.map(async (plan) => planAnswer(await plan())));
}

type Meant = { readonly client: RpcClient; readonly infos: readonly ProcessInfo[] };

/** The processes that the input names, at the one supervisor that has them. */
async function meant(input: AgentInput, all: readonly Supervised[]): Promise<Meant> {
  const asked = await Promise.all(chosen(input, all).map(ask));
  const hits = asked.flatMap(({ name, client, infos }) => {
    const named = processesNamed(infos, input.program);
    return client === null || named.length === 0 ? [] : { name, client, infos: named };
  });
  const [hit] = hits;
  if (hit !== undefined && hits.length === 1) return hit;
  if (hit !== undefined) throw new ToolRefusal(severalHave(input.program, hits));
  const away = asked.flatMap(({ name, client, reason }) => (client === null ? `${name}: ${reason}` : []));
  const known = asked.flatMap(({ infos }) => infos.map(({ group, name }) => makeNamespec(group, name)));
  const none = `There is no program ${input.program}. There are ${known.join(", ")}.`;
  throw new ToolRefusal([...(known.length > 0 ? [none] : []), ...away].join(" "));
}

/** Nothing is guessed where an act may hit the wrong machine. */
function severalHave(program: string, servers: readonly { readonly name: string }[]): string {
  const names = servers.map(({ name }) => name).join(", ");
  return `${program} is in several: give configuration, one of ${names}.`;
}

async function one(input: AgentInput, all: readonly Supervised[]) {
  const { client, infos } = await meant(input, all);
  const [info, ...more] = infos;
  if (info !== undefined && more.length === 0)
    return { client, info, name: makeNamespec(info.group, info.name) };
  const names = infos.map(({ group, name }) => makeNamespec(group, name)).join(", ");
  throw new ToolRefusal(`${input.program} stands for several: name one of ${names}.`);
}

async function status(input: AgentInput, all: readonly Supervised[]) {
  const { client, info, name } = await one(input, all);
  const tail = async (read: () => Promise<string>) => logLines(await orNothing(read), "", STATUS_LINES);
  return {
    ...processAnswer(info),
    description: info.description,
    lastStdout: await tail(() => client.readProcessStdoutLog(name, -STATUS_BYTES, 0)),
    lastStderr: await tail(() => client.readProcessStderrLog(name, -STATUS_BYTES, 0)),
  };
}

async function readLog(input: AgentInput, all: readonly Supervised[]) {
  const { client, name } = await one(input, all);
  const channel = input.channel === "stdout" ? "Stdout" : "Stderr";
  const [, size] = await logEnd(client, `supervisor.tailProcess${channel}Log`, name);
  // A log that is shorter than where the caller was has begun anew.
  const start = input.since === null || input.since > size ? 0 : input.since;
  const from = Math.max(start, size - LOG_BYTES);
  const read = channel === "Stdout" ? client.readProcessStdoutLog : client.readProcessStderrLog;
  const text = size === from ? "" : await orNothing(() => read(name, from, size - from));
  const lines = logLines(text, input.grep, input.limit);
  return { lines, next: size, ...(from > start ? { notSearchedBytes: from - start } : {}) };
}

async function searchLogs(input: AgentInput, all: readonly Supervised[]) {
  const logs = (await Promise.all(chosen(input, all).map((one) => logsOf(input, one)))).flat();
  const matches: LogMatch[] = [];
  let left = input.limit;
  for (const { configuration, program, channel, read } of logs) {
    if (left === 0) return { matches, more: "There may be more: limit is reached." };
    const lines = logLines(await orNothing(read), input.grep, left);
    const place = all.length > 1 ? { configuration } : {};
    if (lines.length > 0) matches.push({ ...place, program, channel, lines });
    left -= lines.length;
  }
  return { matches };
}

type LogMatch = {
  readonly configuration?: string;
  readonly program: string;
  readonly channel: string;
  readonly lines: readonly string[];
};

/** The logs of the processes that the input names, or of all; none of a supervisor that does not run. */
async function logsOf({ program }: AgentInput, one: Supervised) {
  const { name: configuration, client, infos } = await ask(one);
  if (client === null) return [];
  return (program === "" ? infos : processesNamed(infos, program)).flatMap(({ group, name }) => {
    const namespec = makeNamespec(group, name);
    const log = (channel: string, read: typeof client.readProcessStdoutLog) => ({
      configuration,
      program: namespec,
      channel,
      read: () => read(namespec, -SEARCH_BYTES, 0),
    });
    return [log("stdout", client.readProcessStdoutLog), log("stderr", client.readProcessStderrLog)];
  });
}

async function logEnd(client: RpcClient, method: string, name: string): Promise<[string, number]> {
  const answer = await client.call(method, [name, 0, 0]);
  const [text, size] = Array.isArray(answer) ? answer : [];
  return [String(text ?? ""), typeof size === "number" ? size : 0];
}

async function act(verb: "start" | "stop" | "restart", input: AgentInput, all: readonly Supervised[]) {
  const { client, infos } = await meant(input, all);
  const outcomes = await Promise.all(
    infos.map(({ group, name }) => perform(client, verb, { kind: "process", server: "", group, name })),
  );
  const now = await client.getAllProcessInfo();
  const isMeant = (info: ProcessInfo) =>
    infos.some(({ group, name }) => info.group === group && info.name === name);
  return { problems: outcomes.flat(), programs: now.filter(isMeant).map(processAnswer) };
}
