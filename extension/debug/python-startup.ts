import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readStartupReport, type StartupReport, startupScript } from "../model/debug/python-startup.ts";

/** What has a Python program wait for a debugger, for one run. */
export type PythonStartup = {
  /** Variables to start it with. */
  readonly variables: { readonly PYTHONPATH: string };
  /** What became of it; null as long as nothing is known. */
  readonly report: () => StartupReport | null;
  readonly dispose: () => void;
};

/** Prepares it; `spare` is a folder with a debugger for interpreters that have none. */
export function preparePythonStartup(spare: string): PythonStartup {
  // It is for this user alone: what stands in it is run.
  const folder = mkdtempSync(join(tmpdir(), "supervisord-debug-"));
  const report = join(folder, "report.json");
  writeFileSync(join(folder, "sitecustomize.py"), startupScript(report, spare));
  return {
    variables: { PYTHONPATH: `${folder.replaceAll("%", "%%")}:%(ENV_PYTHONPATH)s` },
    report: () => read(report),
    dispose: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function read(report: string): StartupReport | null {
  try {
    return readStartupReport(readFileSync(report, "utf8"));
  } catch {
    // Not written yet.
    return null;
  }
}
