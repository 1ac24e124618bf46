import { makeNamespec } from "../../daemon/protocol/names.ts";
import type { Plan, PlannedProgram } from "../../daemon/protocol/plan.ts";
import { programs } from "./duration.ts";
import { t } from "./l10n.ts";
import { visible } from "./visible.ts";

/** What somebody agreed to run, as it is kept by the path of the configuration. */
export type Consent = { readonly digest: string; readonly commands: readonly string[] };

/** The question before commands of a workspace are run for the first time. */
export type ConsentQuestion = {
  readonly message: string;
  readonly detail: string;
  /** True where `detail` leaves lines out: then the whole list must be on offer. */
  readonly shortened: boolean;
};

const LINES_SHOWN = 12;
const COLUMNS_SHOWN = 160;

/** The consent that agreeing to a plan gives; null for a plan that cannot be run. */
export function consentTo(plan: Plan): Consent | null {
  return plan.digest === null ? null : { digest: plan.digest, commands: linesOf(plan) };
}

/** The question for a plan, telling what is new to somebody who agreed to an earlier one. */
export function consentQuestion(plan: Plan, label: string, before: Consent | null): ConsentQuestion {
  const lines = before === null ? linesOf(plan).map((line) => `• ${line}`) : changedLines(plan, before);
  const shown = lines.slice(0, LINES_SHOWN).map(shorten);
  const left = lines.length - shown.length;
  return {
    message:
      before === null
        ? t("Run the {0} of {1}?", programs(plan.programs.length), label)
        : t("The programs of {0} changed. Run them?", label),
    detail: [...shown, ...(left > 0 ? [t("… and {0} more", left)] : [])].join("\n"),
    shortened: left > 0 || shown.some((line, index) => line !== lines[index]),
  };
}

/** Every command of a plan in full, for reading at leisure. */
export function commandList(plan: Plan, label: string): string {
  const heading = t("Starting {0} runs these commands.", label);
  const blocks = plan.programs.map((program) =>
    [
      makeNamespec(program.group, program.name),
      `  ${t("command: {0}", visible(program.command))}`,
      ...(program.directory === null ? [] : [`  ${t("directory: {0}", program.directory)}`]),
      ...(program.user === null ? [] : [`  ${t("user: {0}", program.user)}`]),
      `  ${program.autostart ? t("starts with supervisord") : t("starts when asked to")}`,
    ].join("\n"),
  );
  return `${[heading, ...blocks].join("\n\n")}\n`;
}

function linesOf({ configFile, programs }: Plan): string[] {
  const home = configFile.slice(0, configFile.lastIndexOf("/"));
  return programs.map((program) => commandLine(program, home));
}

/** Where a program runs is only told when it is not the folder of its configuration, where one expects it. */
function commandLine(program: PlannedProgram, home: string): string {
  const where =
    program.directory === null || program.directory === home ? "" : `  ${t("(in {0})", program.directory)}`;
  const who = program.user === null ? "" : `  ${t("(as {0})", program.user)}`;
  const later = program.autostart ? "" : `  ${t("(not started at once)")}`;
  return visible(`${makeNamespec(program.group, program.name)}: ${program.command}${where}${who}${later}`);
}

function changedLines(plan: Plan, before: Consent): string[] {
  const now = linesOf(plan);
  const added = now.filter((line) => !before.commands.includes(line)).map((line) => `+ ${line}`);
  const removed = before.commands.filter((line) => !now.includes(line)).map((line) => `− ${line}`);
  // The digest also covers what no command line shows, such as the environment.
  if (added.length + removed.length === 0)
    return [t("The commands are the same, other options changed:"), ...now.map((line) => `• ${line}`)];
  return [...added, ...removed];
}

function shorten(line: string): string {
  return line.length > COLUMNS_SHOWN ? `${line.slice(0, COLUMNS_SHOWN)}…` : line;
}
