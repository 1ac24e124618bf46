import type { RpcInterfaceSettings } from "./configuration.ts";
import { type Context, headerPlace, type Scope, scopeOf } from "./context.ts";
import { refuse, report } from "./findings.ts";
import { addition } from "./option-fixes.ts";
import { optionText, placeOf } from "./options.ts";
import { repr } from "./python/repr.ts";
import { SPACE } from "./python/text.ts";
import { say } from "./say.ts";
import { nameInHeader } from "./schema.ts";
import type { StoredSection } from "./store.ts";

const FACTORY = "supervisor.rpcinterface_factory";

/** Supervisor's own plugins, which stand for parts of this daemon. */
const KNOWN_PLUGINS: ReadonlySet<string> = new Set([
  "supervisor.rpcinterface:make_main_rpcinterface",
  "supervisor.dispatchers:default_handler",
]);

/** The `[rpcinterface:x]` sections. */
export function readRpcInterfaces(context: Context): RpcInterfaceSettings[] {
  return [...context.store.sections.values()]
    .filter((section) => section.name.startsWith("rpcinterface:"))
    .flatMap((section) => readRpcInterface(context, section) ?? []);
}

function readRpcInterface(context: Context, section: StoredSection): RpcInterfaceSettings | null {
  const scope = scopeOf(context, section);
  const given = section.options.has(FACTORY) || context.store.defaults.has(FACTORY);
  const factory = optionText(scope, FACTORY)?.text ?? null;
  if (!given) refuseWithoutFactory(scope);
  if (factory !== null) checkPlugin(scope, FACTORY, factory);
  const names = new Set([...section.options.keys(), ...context.store.defaults.keys()]);
  names.delete(FACTORY);
  const options = Array.from(names, (name): [string, string] => [name, optionText(scope, name)?.text ?? ""]);
  if (factory === null) return null;
  return { name: nameInHeader(section.name) ?? "", factory, options: Object.fromEntries(options) };
}

function refuseWithoutFactory(scope: Scope): void {
  refuse(scope.context.findings, {
    code: "option.required",
    severity: "error",
    message: say`[${scope.section.name}] needs ${FACTORY} = supervisor.rpcinterface:make_main_rpcinterface.`,
    ...headerPlace(scope.context, scope.section),
    fixes: addition(scope, FACTORY, "supervisor.rpcinterface:make_main_rpcinterface"),
    upstream: `section [${scope.section.name}] does not specify a ${FACTORY}`,
  });
}

/** Checks how a plugin is named, and says so where it is one that this daemon does not have. */
export function checkPlugin(scope: Scope, option: string, spec: string): void {
  const place = placeOf(scope, option);
  const plugin = parseSpec(spec);
  if ("error" in plugin) {
    refuse(scope.context.findings, {
      code: "value.plugin",
      severity: "error",
      message: say`${JSON.stringify(spec)} names no plugin: write MODULE:ATTRIBUTE.`,
      ...place,
      upstream: plugin.error,
    });
  } else if (!KNOWN_PLUGINS.has(plugin.name)) {
    scope.context.findings.unresolvedPlugins.push(spec);
    report(scope.context.findings, {
      code: "plugin.unavailable",
      severity: "warning",
      message: say`The Python plugin ${spec} has no effect here: only Supervisor's own plugins are built in.`,
      ...place,
    });
  }
}

const WORD = "[\\p{L}\\p{N}_.]+";

/** As Python reads it, with a name and `=` before it; the name may hold further signs of that kind. */
const SPEC = new RegExp(
  `^.+?${SPACE}*=${SPACE}*(${WORD})${SPACE}*(?::${SPACE}*(${WORD}))?${SPACE}*(\\[.*\\])?${SPACE}*$`,
  "u",
);
const MODULE = /^[\p{L}\p{N}_]+(?:\.[\p{L}\p{N}_]+)*$/u;
const EXTRA = /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/;

/** The module and attribute of a plugin, or what Python's entry points say about its name. */
function parseSpec(spec: string): { readonly name: string } | { readonly error: string } {
  const match = SPEC.exec(`x=${spec}`);
  if (match === null) {
    return { error: `("EntryPoint must be in 'name=module:attrs [extras]' format", ${repr(`x=${spec}`)})` };
  }
  const [, module = "", attribute, extras = "[]"] = match;
  const wanted = extras
    .slice(1, -1)
    .replace(/[ \t\r\n]+/g, " ")
    .replace(/^ | $/g, "");
  if (wanted !== "" && !wanted.split(",").every((extra) => EXTRA.test(extra.replace(/^ | $/g, "")))) {
    return { error: `Parse error at "${repr(extras.slice(0, 8))}": Expected string_end` };
  }
  if (!MODULE.test(module)) return { error: `('Invalid module name', ${repr(module)})` };
  return { name: attribute === undefined ? module : `${module}:${attribute}` };
}
