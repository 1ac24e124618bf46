import type { Plan } from "../../daemon/protocol/plan.ts";
import { processesNamed } from "../model/agent-answers.ts";
import type { Errand } from "../model/errand.ts";
import { t } from "../model/l10n.ts";
import type { Server } from "../model/server.ts";
import { findTarget, type Target } from "../model/target.ts";
import { ConfiguredServer } from "./configured-server.ts";
import { nextChange } from "./next-change.ts";
import type { Servers } from "./servers.ts";
import { settled } from "./settled.ts";

/** Asks whether a supervisor may be started; `label` is what the view calls it. */
export type Agree = (plan: Plan, label: string) => Promise<boolean>;

/**
 * What an errand is about. Starts a supervisor that would run it where the errand starts something, and waits for one
 * where it waits. Null where there is nothing to stop. Rejects with a sentence where there is no such program.
 */
export async function findForErrand(
  servers: Servers,
  errand: Errand,
  agree: Agree,
  signal: AbortSignal,
): Promise<Target | null> {
  for (;;) {
    await settled(servers, signal);
    const views = servers.views.filter((server) => isMeant(errand, server));
    const target = findTarget(views, errand.program);
    if (target !== null) return target;
    const idle = await findIdle(servers, errand, views);
    if (idle === null) throw new Error(nothingFound(errand, views));
    if (errand.action === "stop") return null;
    if (errand.action === "wait") await nextChange(servers, signal);
    else await start(idle, agree);
  }
}

function isMeant({ server }: Errand, { key, configFile }: Server): boolean {
  return server === null || server === key || server === configFile;
}

/** The configuration without a supervisor whose programs include what is asked for. */
async function findIdle(
  servers: Servers,
  { program }: Errand,
  views: readonly Server[],
): Promise<ConfiguredServer | null> {
  for (const { key, state } of views) {
    const server = servers.find(key);
    if (state.kind !== "notRunning" || !(server instanceof ConfiguredServer)) continue;
    if (processesNamed((await server.plan()).programs, program).length > 0) return server;
  }
  return null;
}

async function start(server: ConfiguredServer, agree: Agree): Promise<void> {
  const failure = await server.start((plan) => agree(plan, server.key));
  if (failure !== null) throw new Error(failure.reason);
  if (server.view.state.kind === "notRunning")
    throw new Error(t("The supervisord of {0} was not started.", server.key));
}

function nothingFound({ program, server }: Errand, views: readonly Server[]): string {
  if (views.length === 0 && server !== null) return t("There is no supervisord {0} in this window.", server);
  if (views.length === 0) return t("This window has no supervisord.conf.");
  const reasons = views.flatMap(({ state }) =>
    state.kind === "failed" || state.kind === "unreachable" ? [state.reason] : [],
  );
  return [t("There is no program or group {0} in this window.", program), ...reasons].join(" ");
}
