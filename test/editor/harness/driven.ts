import type { Page } from "playwright-core";
import { root } from "./places.ts";
import { openWorkbench, type Workbench } from "./workbench.ts";

/** A workbench whose extension host runs a module of tests. */
export type DrivenWorkbench = {
  readonly workbench: Workbench;
  /** Resolves once the module's `run` has ended. */
  readonly ended: Promise<void>;
};

/**
 * Opens a workspace with the extension of the clone, under development, and a CommonJS module in its extension host
 * that exports `run(): Promise<void>`. The editor must have been started with its test driver.
 */
export async function openDrivenWorkbench(
  page: Page,
  url: string,
  workspace: string,
  tests: string,
): Promise<DrivenWorkbench> {
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  // The page calls both; what the host logs is in the results, too.
  await page.exposeFunction("codeAutomationLog", () => {});
  await page.exposeFunction("codeAutomationExit", () => resolve());
  const remote = (path: string) => `vscode-remote://${new URL(url).host}${path}`;
  const payload = [
    ["extensionDevelopmentPath", remote(root)],
    ["extensionTestsPath", remote(tests)],
    ["skipWelcome", "true"],
    ["skipReleaseNotes", "true"],
  ];
  const query = `folder=${encodeURI(workspace)}&payload=${encodeURIComponent(JSON.stringify(payload))}`;
  return { workbench: await openWorkbench(page, `${url}/?${query}`), ended };
}
