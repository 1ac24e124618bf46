import type { Configuration } from "../configuration.ts";
import type { Context } from "../context.ts";
import { checkCommands } from "./command.ts";
import { checkComments } from "./comments.ts";
import { checkEnvironments } from "./environment.ts";
import { checkIncludes } from "./includes.ts";
import { checkLifecycles } from "./lifecycle.ts";
import { checkLogs } from "./logs.ts";
import { checkMembership } from "./membership.ts";
import { checkMerging } from "./merging.ts";
import { checkNames } from "./names.ts";
import { programViews } from "./program-view.ts";
import { checkServers } from "./servers.ts";

/** Finds what Supervisor says nothing about, and its users stumble over. */
export function runChecks(
  context: Context,
  configuration: Pick<Configuration, "httpServers" | "supervisorctl">,
): void {
  const programs = programViews(context);
  checkNames(context);
  checkComments(context);
  checkMerging(context);
  checkIncludes(context);
  checkEnvironments(context, programs);
  checkCommands(programs);
  checkLogs(context, programs);
  checkLifecycles(programs);
  checkMembership(context);
  checkServers(context, configuration.httpServers, configuration.supervisorctl);
}
