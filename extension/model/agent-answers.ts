import { makeNamespec } from "../../daemon/protocol/names.ts";
import type { Plan } from "../../daemon/protocol/plan.ts";
import type { ProcessInfo } from "../../daemon/protocol/process-info.ts";
import { stripAnsi } from "./ansi.ts";

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
