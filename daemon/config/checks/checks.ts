import type { Configuration } from "../configuration.ts";
import type { Context } from "../context.ts";
import type { Document, Section } from "../document.ts";
import { ofKeys } from "../key-layout.ts";
import { CHECKS, recall } from "../memo.ts";
import type { StoredSection } from "../store.ts";
import { type Address, addressesOf, checkAddresses } from "./addresses.ts";
import { checkMark } from "./byte-order-mark.ts";
import { checkCommand } from "./command.ts";
import { checkComments } from "./comments.ts";
import { checkEnvFiles } from "./env-files.ts";
import { checkEnvironment } from "./environment.ts";
import { checkIncludes } from "./includes.ts";
import { LIFECYCLE_CHECKS } from "./lifecycle.ts";
import { checkPaths, checkSharedLogs, LOG_CHECKS, logFiles, type ProgramLog } from "./logs.ts";
import { checkMembership } from "./membership.ts";
import { checkDuplicateSections, checkMerging } from "./merging.ts";
import { checkMissing } from "./missing.ts";
import { checkNames } from "./names.ts";
import { checkPassword } from "./passwords.ts";
import { type ProgramCheck, type ProgramView, programView } from "./program-view.ts";
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
    checkMark(context, document, file);
    checkDefaults(context, document, file);
  }
  const claims: ProgramClaims[] = [];
  context.store.sections.forEach((section) => {
    const own = recall(context, CHECKS, section, "", checkSection);
    if (own !== null) claims.push(own);
  });
  checkSharedLogs(context, claims.flatMap(logsOf));
  checkDuplicateSections(context);
  checkIncludes(context, configuration.includeFiles);
  checkMembership(context);
  checkServers(context, configuration.httpServers, configuration.supervisorctl);
  checkAddresses(context, configuration.httpServers, claims.flatMap(addressesIn));
}

/** `[DEFAULT]` is a part of all sections, and none by itself. */
function checkDefaults(context: Context, { sections }: Document, file: string): void {
  sections.forEach((section) => {
    if (section.name === "DEFAULT") checkWritten(context, section, file);
  });
}

/** A section as it stands in one place. */
function checkWritten(context: Context, section: Section, file: string): void {
  const document = context.documents.get(file);
  if (document === undefined) return;
  checkNames(context, file, document, section);
  checkComments(context, file, document, section);
  checkMerging(context, file, section);
}

/** What a program takes for itself that another one may want too. */
export type ProgramClaims = { readonly logs: readonly ProgramLog[]; readonly addresses: readonly Address[] };

function logsOf({ logs }: ProgramClaims): readonly ProgramLog[] {
  return logs;
}

function addressesIn({ addresses }: ProgramClaims): readonly Address[] {
  return addresses;
}

/** A section with all that Supervisor takes for it; what it claims if it is a program. */
function checkSection(context: Context, section: StoredSection): ProgramClaims | null {
  // Loops without iterators, as there are thousands of sections.
  section.written.forEach((part) => {
    checkWritten(context, part.section, part.file);
  });
  checkPaths(context, section);
  if (section.options.has("password")) checkPassword(context, section);
  if (section.name === "supervisord") checkEnvironment(context, section);
  const program = programView(context, section);
  if (program === null) return null;
  checksOf(program).forEach(({ check }) => {
    check(program);
  });
  return { logs: logFiles(program), addresses: addressesOf(program) };
}

const PROGRAM_CHECKS: readonly ProgramCheck[] = [
  { about: "environment", check: ({ context, section }) => checkEnvironment(context, section) },
  { about: "command", check: checkCommand },
  { about: "command", check: checkMissing },
  { about: "env_files", check: checkEnvFiles },
  ...LIFECYCLE_CHECKS,
  ...LOG_CHECKS,
];

/** The checks of what is given. */
function checksOf({ context, section }: ProgramView): readonly ProgramCheck[] {
  const { only } = section;
  return only === null || context.store.defaults.size > 0 ? PROGRAM_CHECKS : checksAbout(only.layout);
}

const checksAbout = ofKeys((keys) => PROGRAM_CHECKS.filter(({ about }) => keys.includes(about)));
