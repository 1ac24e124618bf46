import { makeNamespec } from "../../daemon/protocol/names.ts";
import type { Plan } from "../../daemon/protocol/plan.ts";
import type { ProcessInfo } from "../../daemon/protocol/process-info.ts";
import { stripAnsi } from "./ansi.ts";
import type { Server } from "./server.ts";

/** A process as agents are told of it. */
export function processAnswer(info: ProcessInfo) {
  const { group, name, statename, pid, start, stop, now, exitstatus, spawnerr } = info;
  const runs = pid !== 0;
  return {
    program: makeNamespec(group, name),
    state: statename,
    ...(runs ? { pid, uptimeSeconds: now - start } : {}),
    ...(!runs && stop > 0 ? { stoppedSecondsAgo: now - stop, exitStatus: exitstatus } : {}),
    ...(spawnerr === "" ? {} : { error: spawnerr }),
  };
}

/** The last lines of a piece of log that hold `grep`, without escape sequences. */
export function logLines(text: string, grep: string, limit: number): readonly string[] {
  const { text: plain, pending } = stripAnsi("", text);
  const lines = (plain + stripAnsi("", pending).text).split("\n");
  if (lines.at(-1) === "") lines.pop();
  const wanted = grep.toLowerCase();
  return lines.filter((line) => line.toLowerCase().includes(wanted)).slice(-limit);
}

/** The problems of a configuration as compilers print theirs. */
export function planAnswer({ configFile, refusal, problems, programs }: Plan) {
  return {
    configuration: configFile,
    accepted: refusal === null,
    ...(refusal === null ? {} : { refusal }),
    programs: programs.map(({ group, name }) => makeNamespec(group, name)),
    problems: problems.map(
      ({ file, line, column, severity, code, message }) =>
        `${file}:${line}:${column}: ${severity}: ${message} [${code}]`,
    ),
  };
}

type Named = { readonly group: string; readonly name: string };

/** The processes that a name means: one, or all of a group for `group:*` and a group's bare name. */
export function processesNamed<T extends Named>(infos: readonly T[], name: string): readonly T[] {
  const exact = infos.filter(
    (info) => makeNamespec(info.group, info.name) === name || `${info.group}:${info.name}` === name,
  );
  if (exact.length > 0) return exact;
  const group = name.endsWith(":*") ? name.slice(0, -2) : name;
  const members = infos.filter((info) => info.group === group);
  if (members.length > 0) return members;
  const byOwnName = infos.filter((info) => info.name === name);
  return byOwnName.length === 1 ? byOwnName : [];
}

/** Why a server of the window cannot be used now; for a model. */
export function awayReason({ configFile, state }: Server): string {
  switch (state.kind) {
    case "notRunning":
      return configFile === null ? "Nothing answers there." : NOT_RUNNING;
    case "unreachable":
      return state.cause === "password"
        ? "It needs a password: ask the user to sign in to it from the Supervisord view."
        : state.reason;
    case "failed":
      return state.reason;
    default:
      return "It is being looked for: try again in a moment.";
  }
}

/** Starting a whole supervisor runs every command of the file: that is for a person to agree to. */
export const NOT_RUNNING =
  "supervisord is not running for it; ask the user to start it from the Supervisord view.";

/** At which of several servers an act would happen, for the person who is asked; empty where that is clear or open. */
export function placeOfAct(servers: readonly Server[], program: string, configuration: unknown): string {
  const meant = servers.filter(({ key, configFile, url, state }) => {
    const isCalled = configuration === undefined || [key, configFile, url].includes(String(configuration));
    const processes = state.kind === "connected" ? [...state.processes.values()] : [];
    return isCalled && processesNamed(processes, program).length > 0;
  });
  const [only] = meant;
  if (only === undefined || meant.length > 1 || servers.length === 1) return "";
  return only.url === null || only.url === only.key ? only.key : `${only.key} (${only.url})`;
}
