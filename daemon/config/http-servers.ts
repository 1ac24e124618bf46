import type { HttpServerSettings, UserRef } from "./configuration.ts";
import { type Context, headerPlace, type Scope, scopeOf } from "./context.ts";
import { refuse } from "./findings.ts";
import { groupCheck, toNormalPath, userCheck } from "./machine-values.ts";
import { addition, removal } from "./option-fixes.ts";
import { optionText, placeOf, readOption } from "./options.ts";
import { strip, words } from "./python/text.ts";
import { say } from "./say.ts";
import { type StoredSection, storedOption } from "./store.ts";
import { type Converted, toBoolean, toInetAddress, toOctal, toOwner } from "./values.ts";

type Owner = { readonly user: UserRef; readonly group: UserRef | null } | null;

/** The HTTP servers, those on the network first, as Supervisor lists them. */
export function readHttpServers(context: Context): HttpServerSettings[] {
  const sections = [...context.store.sections.values()];
  const inet = sections.filter((section) => section.name.startsWith("inet_http_server"));
  const unix = sections.filter((section) => section.name.startsWith("unix_http_server"));
  return [...inet.map((s) => readInetServer(context, s)), ...unix.map((s) => readUnixServer(context, s))];
}

/** Where programs find the daemon: its first unix socket, else its last port (as Supervisor has it); null without a server. */
export function serverUrl(servers: readonly HttpServerSettings[]): string | null {
  const unix = servers.find((server) => server.family === "unix");
  if (unix !== undefined) return `unix://${unix.file}`;
  const inet = servers.findLast((server) => server.family === "inet");
  return inet === undefined ? null : `http://${inet.host || "localhost"}:${inet.port}`;
}

function readInetServer(context: Context, section: StoredSection): HttpServerSettings {
  const scope = scopeOf(context, section);
  const credentials = readCredentials(scope);
  requireOption(scope, "port", "port=127.0.0.1:9001");
  const address = readOption(scope, "port", toInetAddress, { host: "", port: 0 });
  const allowedHosts = words(optionText(scope, "allowed_hosts")?.text ?? "");
  const readonly = readOption(scope, "readonly", toBoolean, false);
  return { family: "inet", section: section.name, ...address, ...credentials, allowedHosts, readonly };
}

function readUnixServer(context: Context, section: StoredSection): HttpServerSettings {
  const scope = scopeOf(context, section);
  requireOption(scope, "file", "file=%(here)s/supervisor.sock");
  const hereScope = { ...scope, names: context.hereNames };
  const toFile = (text: string) => toNormalPath(context)(strip(text));
  const path = readOption(hereScope, "file", toFile, "");
  const credentials = readCredentials(scope);
  const owner = readOption<Owner>(scope, "chown", toSocketOwner(context), null);
  const chmod = readOption(scope, "chmod", toSocketMode, 0o700);
  const readonly = readOption(scope, "readonly", toBoolean, false);
  return { family: "unix", section: section.name, file: path, chmod, owner, ...credentials, readonly };
}

function requireOption(scope: Scope, name: string, example: string): void {
  if (storedOption(scope.context.store, scope.section, name) !== null) return;
  refuse(scope.context.findings, {
    code: "option.required",
    severity: "error",
    message: say`[${scope.section.name}] needs ${name}: add ${example}.`,
    ...headerPlace(scope.context, scope.section),
    fixes: addition(scope, name, example.slice(example.indexOf("=") + 1)),
    upstream: `section [${scope.section.name}] has no ${name} value`,
  });
}

function readCredentials(scope: Scope): { username: string | null; password: string | null } {
  const { store, findings } = scope.context;
  const username = optionText(scope, "username")?.text ?? null;
  const password = optionText(scope, "password")?.text ?? null;
  const given = ["username", "password"].filter((name) => storedOption(store, scope.section, name) !== null);
  const [only] = given;
  if (only !== undefined && given.length === 1) {
    const other = only === "username" ? "password" : "username";
    refuse(findings, {
      code: "server.credentials",
      severity: "error",
      message: say`${only} has no effect without ${other}: give both or neither.`,
      ...placeOf(scope, only),
      fixes: removal(scope, only),
      upstream: `Section [${scope.section.name}] contains incomplete authentication: If a username or a password is specified, both the username and password must be specified`,
    });
  }
  return { username, password };
}

function toSocketOwner(context: Context): (text: string) => Converted<Owner> {
  return (text) => {
    const owner = toOwner(text, userCheck(context), groupCheck(context));
    return "value" in owner ? owner : { error: `Invalid sockchown value ${text}` };
  };
}

function toSocketMode(text: string): Converted<number> {
  const mode = toOctal(text);
  return "value" in mode ? mode : { error: `Invalid chmod value ${text}` };
}
