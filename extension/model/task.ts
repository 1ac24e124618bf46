import { makeNamespec } from "../../daemon/protocol/names.ts";
import { type Errand, type ErrandAction, errandFor, USUAL_TIMEOUT_MS } from "./errand.ts";
import { t } from "./l10n.ts";
import { processKey } from "./process-table.ts";
import type { Server } from "./server.ts";

/** The type of our tasks in tasks.json. */
export const TASK_TYPE = "supervisord";

/** A task as tasks.json writes it. */
export type TaskDefinition = {
  readonly type: typeof TASK_TYPE;
  readonly action: ErrandAction;
  readonly program: string;
  readonly server?: string;
};

const ACTIONS: readonly string[] = ["start", "stop", "restart", "wait"] satisfies readonly ErrandAction[];

/** What a task of tasks.json asks for, or a sentence that tells what is wrong with it. */
export function errandOfTask(definition: Readonly<Record<string, unknown>>): Errand | string {
  const { action, program, server, timeout } = definition;
  if (!isAction(action))
    return t("The task's action is one of start, stop, restart and wait, not {0}.", shown(action));
  if (typeof program !== "string" || program.trim() === "")
    return t("The task's program is a name such as web or group:web, not {0}.", shown(program));
  if (server !== undefined && typeof server !== "string")
    return t("The task's server is the path of a configuration, not {0}.", shown(server));
  if (timeout !== undefined && !(typeof timeout === "number" && timeout > 0))
    return t("The task's timeout is a number of seconds above 0, not {0}.", shown(timeout));
  const name = server === undefined ? program : { program, server };
  return errandFor(action, name, timeout === undefined ? USUAL_TIMEOUT_MS : timeout * 1000);
}

/** The tasks that the programs and groups of the window make possible, each by its name in a list. */
export function tasksOf(servers: readonly Server[]): { name: string; definition: TaskDefinition }[] {
  const severalServers = servers.length > 1;
  return servers.flatMap((server) =>
    namesIn(server).flatMap((program) =>
      (["start", "stop", "restart", "wait"] as const).map((action) => ({
        name: severalServers ? `${action} ${program} (${server.key})` : `${action} ${program}`,
        definition: {
          type: TASK_TYPE,
          action,
          program,
          ...(severalServers ? { server: server.key } : {}),
        } as const,
      })),
    ),
  );
}

/** Programs by their names, and `group:*` for groups of several. */
function namesIn({ state }: Server): string[] {
  if (state.kind !== "connected") return [];
  const processes = [...state.processes.values()];
  const names = processes.map(({ group, name }) => makeNamespec(group, name));
  const groups = processes.filter((process) => processKey(process) !== `${process.group}:${process.group}`);
  return [...names, ...new Set(groups.map(({ group }) => `${group}:*`))];
}

function isAction(value: unknown): value is ErrandAction {
  return typeof value === "string" && ACTIONS.includes(value);
}

function shown(value: unknown): string {
  return JSON.stringify(value) ?? t("nothing");
}
