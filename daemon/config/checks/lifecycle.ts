import { addOption, maybe, removeEntry, replaceValue, setOption, surely } from "../edits.ts";
import { meantPairs } from "../environment-pairs.ts";
import { report } from "../findings.ts";
import { valuePlace } from "../option-text.ts";
import type { Fix, Severity } from "../problem.ts";
import { type Message, say } from "../say.ts";
import { toAutorestart, toInteger } from "../values.ts";
import {
  type Command,
  commandOf,
  convertedOf,
  given,
  type ProgramCheck,
  type ProgramView,
  textOf,
} from "./program-view.ts";

/** Settings whose effect on a program's life surprises. */
export const LIFECYCLE_CHECKS: readonly ProgramCheck[] = [
  { about: "user", check: checkUser },
  { about: "command", check: checkTree },
  { about: "command", check: checkStopTime },
  { about: "autorestart", check: checkRestart },
];

function tell(
  program: ProgramView,
  option: string,
  code: string,
  severity: Severity,
  message: Message,
  fixes: readonly Fix[],
): void {
  const stored = given(program, option);
  if (stored === null) return;
  report(program.context.findings, { code, severity, message, ...valuePlace(stored), fixes });
}

function checkUser(program: ProgramView): void {
  const { context, section } = program;
  const user = textOf(program, "user");
  const stored = given(program, "user");
  if (user === null || stored === null) return;
  const daemonUser = context.store.sections.get("supervisord")?.options.get("user")?.value;
  if (daemonUser && !["root", "0", user].includes(daemonUser)) {
    const message = say`supervisord runs as ${daemonUser}, so it cannot run a program as ${user}: the program would not start.`;
    tell(
      program,
      "user",
      "user.not-root",
      "warning",
      message,
      surely(say`Remove user`, removeEntry(context, stored)),
    );
    return;
  }
  const environment = given(program, "environment");
  const known = environment === null ? [] : meantPairs(environment.value).map((pair) => pair.key);
  if (["root", "0"].includes(user) || known.includes("HOME")) return;
  const home = /^\d+$/.test(user) ? null : context.machine.homeDirectory(user);
  const added = `HOME="${home ?? `/home/${user}`}",USER="${user}"`;
  const edits =
    environment === null
      ? setOption(context, section, "environment", added)
      : [replaceValue(environment, `${environment.value},${added}`)];
  const message = say`HOME and USER stay those of supervisord, not of ${user}: set them in environment where the program needs them.`;
  const severity = SERVICE_ACCOUNTS.test(user) ? "hint" : "information";
  tell(program, "user", "user.environment", severity, message, maybe(say`Add HOME and USER`, ...edits));
}

/** Accounts of servers that seldom look at their home. */
const SERVICE_ACCOUNTS = /^(?:www-data|nginx|apache|httpd|nobody|mysql|redis|postgres|memcached?|_\w+)$/;

const RUNNERS =
  /^(npm|npx|yarn|pnpm|bun|bunx|nodemon|foreman|honcho|poetry|pipenv|uv|make|gradle|gradlew|mvn|mvnw)$/;
const RELOADERS = /(?<![\w-])(runserver|--reload|flask run)\b/;

/** A shell runs one simple command in its own place, so that a signal reaches it. */
const SIMPLE_COMMAND = /^[^;&|\n`$()<>]*$|^\s*exec\s[^;&|]*$/;

/** A stop reaches the program itself only; what it started lives on. */
function checkTree(program: ProgramView): void {
  const command = commandOf(program);
  if (command === null) return;
  const { name, script } = command;
  const startsOthers = script === null ? runsOthers(command) : !SIMPLE_COMMAND.test(script);
  if (!startsOthers || given(program, "stopasgroup") !== null) return;
  const added = addOption(program.context, program.section, "stopasgroup=true");
  const fixes = added === null ? [] : surely(say`Add stopasgroup=true`, added);
  const message = say`${name} starts other processes, which Supervisor leaves running when it stops the program: set stopasgroup=true.`;
  tell(program, "command", "program.leaves-children", "information", message, fixes);
}

function runsOthers({ name, words, text, isPlain }: Command): boolean {
  return RUNNERS.test(name) || RELOADERS.test(isPlain ? text : words.join(" "));
}

const WORKERS =
  /\b(celery\b.*\bworker|rq\s+worker|sidekiq|resque|dramatiq|horizon|queue:(work|listen)|messenger:consume|huey_consumer|delayed_job|good_job)\b/;

function checkStopTime(program: ProgramView): void {
  if (!WORKERS.test(commandOf(program)?.text ?? "") || given(program, "stopwaitsecs") !== null) return;
  const added = addOption(program.context, program.section, "stopwaitsecs=60");
  const fixes = added === null ? [] : maybe(say`Add stopwaitsecs=60`, added);
  const message = say`A worker that is busy for more than 10 seconds is killed when it is stopped: raise stopwaitsecs.`;
  tell(program, "command", "program.stop-time", "information", message, fixes);
}

const JOBS =
  /\b(migrat\w*|init\w*|setup|seed\w*|backup|cleanup|bootstrap|install|import|collectstatic|once|oneshot|touch|mkdir|cp|mv|rm|chown|chmod|echo|true|sleep|date)\b/;

function checkRestart(program: ProgramView): void {
  const autorestart = convertedOf(program, "autorestart", toAutorestart, "unexpected");
  if (autorestart === true) checkEndless(program);
  if (autorestart === false && given(program, "startsecs") === null) tellQuickJob(program);
  if (autorestart !== "unexpected") return;
  const written = textOf(program, "autorestart")?.toLowerCase();
  if (written === "unexpected" && given(program, "exitcodes") === null) tellExitCodes(program);
}

function checkEndless(program: ProgramView): void {
  if (convertedOf(program, "startsecs", toInteger, 1n) > 0n) return;
  const message = say`With startsecs=0 a program that fails at once counts as started, so it is restarted forever.`;
  const edits = setOption(program.context, program.section, "startsecs", "1");
  const fixes = surely(say`Set startsecs=1`, ...edits);
  tell(program, "startsecs", "program.endless-restart", "warning", message, fixes);
}

function tellQuickJob(program: ProgramView): void {
  const severity = JOBS.test(commandOf(program)?.text ?? "") ? "warning" : "hint";
  const message = say`A job that ends within a second is taken for a failed start and tried again: set startsecs=0.`;
  const edits = setOption(program.context, program.section, "startsecs", "0");
  const fixes = surely(say`Add startsecs=0`, ...edits);
  tell(program, "autorestart", "program.quick-job", severity, message, fixes);
}

function tellExitCodes(program: ProgramView): void {
  const message = say`Only exit code 0 is expected (before Supervisor 4.0 it was 0 and 2): name others in exitcodes.`;
  const edits = setOption(program.context, program.section, "exitcodes", "0,2");
  const fixes = maybe(say`Add exitcodes=0,2`, ...edits);
  tell(program, "autorestart", "program.exitcodes", "information", message, fixes);
}
