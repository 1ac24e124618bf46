import type { Configuration } from "../configuration.ts";
import type { Context } from "../context.ts";
import type { Section } from "../document.ts";
import { recall } from "../memo.ts";
import type { StoredSection } from "../store.ts";
import { type Address, addressesOf, checkAddresses } from "./addresses.ts";
import { checkCommand } from "./command.ts";
import { checkComments } from "./comments.ts";
import { checkEnvFiles } from "./env-files.ts";
import { checkEnvironment } from "./environment.ts";
import { checkIncludes } from "./includes.ts";
import { checkLifecycle } from "./lifecycle.ts";
import { checkLogs, checkPaths, checkSharedLogs, type ProgramLog } from "./logs.ts";
import { checkMembership } from "./membership.ts";
import { checkDuplicateSections, checkMerging } from "./merging.ts";
import { checkMissing } from "./missing.ts";
import { checkNames } from "./names.ts";
import { checkPassword } from "./passwords.ts";
import { programView } from "./program-view.ts";
import { checkServers } from "./servers.ts";

/**
 * Finds what Supervisor says nothing about, and its users stumble over. What concerns one section is remembered for
 * the next reading; only what compares sections is looked at each time.
 */
export function runChecks(
  context: Context,
  configuration: Pick<Configuration, "httpServers" | "supervisorctl" | "includeFiles">,
): void {
  for (const [file, document] of context.documents) {
    for (const section of document.sections) {
      recall(context, context.memo?.written, section, file, checkWritten);
    }
  }
  const logs: ProgramLog[] = [];
  const addresses: Address[] = [];
  for (const section of context.store.sections.values()) {
    const own = recall(context, context.memo?.merged, section, "", checkMerged);
    if (own === null) continue;
    logs.push(...own.logs);
    addresses.push(...own.addresses);
  }
  checkSharedLogs(context, logs);
  checkDuplicateSections(context);
  checkIncludes(context, configuration.includeFiles);
  checkMembership(context);
  checkServers(context, configuration.httpServers, configuration.supervisorctl);
  checkAddresses(context, configuration.httpServers, addresses);
}

/** A section as it stands in one place. */
function checkWritten(context: Context, section: Section, file: string): null {
  const document = context.documents.get(file);
  if (document === undefined) return null;
  checkNames(context, file, document, section);
  checkComments(context, file, document, section);
  checkMerging(context, file, section);
  return null;
}

/** What a program takes for itself that another one may want too. */
export type ProgramClaims = { readonly logs: readonly ProgramLog[]; readonly addresses: readonly Address[] };

/** A section with all that Supervisor takes for it; what it claims if it is a program. */
function checkMerged(context: Context, section: StoredSection): ProgramClaims | null {
  checkPaths(context, section);
  checkPassword(context, section);
  const program = programView(context, section);
  if (program !== null || section.name === "supervisord") checkEnvironment(context, section);
  if (program === null) return null;
  checkCommand(program);
  checkMissing(program);
  checkEnvFiles(program);
  checkLifecycle(program);
  return { logs: checkLogs(program), addresses: addressesOf(program) };
}
