import type { GroupSettings } from "./configuration.ts";
import { type Context, type Scope, scopeOf } from "./context.ts";
import { EVENT_TYPES } from "./event-types.ts";
import { refuse } from "./findings.ts";
import { addition, removal } from "./option-fixes.ts";
import { type OptionText, partRange } from "./option-text.ts";
import { optionText, placeOf, readOption } from "./options.ts";
import { checkPlugin } from "./plugins.ts";
import { readProcesses } from "./program.ts";
import { say } from "./say.ts";
import { nameInHeader } from "./schema.ts";
import type { StoredSection } from "./store.ts";
import { toBoolean, toInteger, toList } from "./values.ts";

const DEFAULT_HANDLER = "supervisor.dispatchers:default_handler";

/** The pool of an event listener. */
export function readListener(context: Context, section: StoredSection): GroupSettings {
  const scope = scopeOf(context, section, context.hereNames);
  const name = nameInHeader(section.name) ?? "";
  const priority = Number(readOption(scope, "priority", toInteger, -1n));
  const bufferSize = readBufferSize(scope);
  const resultHandler = optionText(scope, "result_handler")?.text ?? DEFAULT_HANDLER;
  checkPlugin(scope, "result_handler", resultHandler);
  const events = readEvents(scope);
  checkRedirect(scope);
  const processes = readProcesses(context, section, name);
  return { type: "eventlistener", name, priority, bufferSize, events, resultHandler, processes };
}

function readBufferSize(scope: Scope): number {
  const size = readOption(scope, "buffer_size", toInteger, 10n);
  if (size < 1n) {
    refuse(scope.context.findings, {
      code: "listener.buffer-size",
      severity: "error",
      message: say`buffer_size must be 1 or more.`,
      ...placeOf(scope, "buffer_size"),
      upstream: `[${scope.section.name}] section sets invalid buffer_size (${size})`,
    });
  }
  return Number(size);
}

/** The names of the events, sorted. */
function readEvents(scope: Scope): string[] {
  const option = optionText(scope, "events");
  const names = option === null ? [] : [...new Set(toList(option.text).map((name) => name.toUpperCase()))];
  if (names.length === 0) refuseWithoutEvents(scope);
  for (const name of names) if (!EVENT_TYPES.includes(name)) refuseEvent(scope, option, name);
  return names.sort();
}

function refuseWithoutEvents(scope: Scope): void {
  refuse(scope.context.findings, {
    code: "option.required",
    severity: "error",
    message: say`[${scope.section.name}] needs events: add events=PROCESS_STATE, or the events it listens to.`,
    ...placeOf(scope, "events"),
    fixes: addition(scope, "events", "PROCESS_STATE"),
    upstream: `[${scope.section.name}] section requires an "events" line`,
  });
}

function refuseEvent(scope: Scope, option: OptionText | null, name: string): void {
  const { file, range } = placeOf(scope, "events");
  const at = option === null || name === "" ? -1 : option.text.toUpperCase().indexOf(name);
  refuse(scope.context.findings, {
    code: "value.events",
    severity: "error",
    message: name === "" ? say`An event is missing beside this comma.` : say`There is no event ${name}.`,
    file,
    range: option === null || at === -1 ? range : partRange(option, at, at + name.length),
    upstream: `Unknown event type ${name} in [${scope.section.name}] events`,
  });
}

function checkRedirect(scope: Scope): void {
  if (!readOption(scope, "redirect_stderr", toBoolean, false)) return;
  refuse(scope.context.findings, {
    code: "listener.redirect-stderr",
    severity: "error",
    message: say`An event listener speaks over its standard output, so redirect_stderr must be false.`,
    ...placeOf(scope, "redirect_stderr"),
    fixes: removal(scope, "redirect_stderr"),
    upstream: `[${scope.section.name}] section sets redirect_stderr=true but this is not allowed because it will interfere with the eventlistener protocol`,
  });
}
