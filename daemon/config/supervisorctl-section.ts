import type { SupervisorctlSettings } from "./configuration.ts";
import { type Context, scopeOf } from "./context.ts";
import { noFindings } from "./findings.ts";
import { normalizePath } from "./machine-values.ts";
import { optionText } from "./options.ts";

/**
 * Reads `[supervisorctl]`, which the daemon does not: what is wrong there is no reason to refuse the configuration.
 * Null where there is no such section.
 */
export function readSupervisorctl(context: Context): SupervisorctlSettings | null {
  const section = context.store.sections.get("supervisorctl");
  if (section === undefined) return null;
  const own = { ...context, findings: noFindings() };
  const scope = scopeOf(own, section);
  const hereScope = scopeOf(own, section, context.hereNames);
  const serverurl = optionText(hereScope, "serverurl")?.text ?? "http://localhost:9001";
  const prompt = optionText(scope, "prompt")?.text ?? "supervisor";
  const username = optionText(scope, "username")?.text ?? null;
  const password = optionText(scope, "password")?.text ?? null;
  const historyFile = optionText(hereScope, "history_file")?.text ?? "";
  for (const problem of own.findings.problems) {
    const { upstream: _words, ...rest } = problem;
    context.findings.problems.push({ ...rest, severity: "warning" });
  }
  return {
    serverurl: serverurl.startsWith("unix://")
      ? `unix://${normalizePath(context, serverurl.slice(7))}`
      : serverurl,
    username,
    password,
    prompt,
    historyFile: historyFile === "" ? null : normalizePath(context, historyFile),
  };
}
