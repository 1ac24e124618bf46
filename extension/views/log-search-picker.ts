import * as vscode from "vscode";
import { t } from "../model/l10n.ts";
import { type Hit, type SearchedLog, searchLogs } from "../model/log-search.ts";

type Item = vscode.QuickPickItem & { readonly hit?: Hit };

/** More matches of one log are not listed. */
const MOST_OF_ONE = 200;
const SETTLE_MS = 80;

/** Lists the lines of the logs that hold what is typed; resolves to the one that is chosen, or null. */
export async function pickLine(logs: readonly SearchedLog[]): Promise<Hit | null> {
  const picker = vscode.window.createQuickPick<Item>();
  picker.title = t("Search Logs");
  picker.placeholder = t("Words to find in {0} logs", logs.length);
  let timer: NodeJS.Timeout | undefined;
  const { promise, resolve } = Promise.withResolvers<Hit | null>();
  const subscription = vscode.Disposable.from(
    picker.onDidChangeValue(() => {
      clearTimeout(timer);
      timer = setTimeout(() => list(picker, logs), SETTLE_MS);
    }),
    picker.onDidAccept(() => {
      const [chosen] = picker.activeItems;
      if (chosen?.hit !== undefined) resolve(chosen.hit);
    }),
    picker.onDidHide(() => resolve(null)),
  );
  picker.show();
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    subscription.dispose();
    picker.dispose();
  }
}

function list(picker: vscode.QuickPick<Item>, logs: readonly SearchedLog[]): void {
  const { hits, total } = searchLogs(logs, picker.value, MOST_OF_ONE);
  picker.title = picker.value === "" ? t("Search Logs") : t("Search Logs: {0} lines", total);
  picker.items =
    total === 0 && picker.value !== ""
      ? [{ label: t("No line has these words"), alwaysShow: true }]
      : hits.map(item);
}

function item(hit: Hit): Item {
  // While somebody types the editor shows no headings between items.
  return { label: hit.text, description: describe(hit), alwaysShow: true, hit };
}

function describe({ log, line }: Hit): string {
  // Of a log that is not read from its start nobody knows the lines before.
  return log.skipped === 0 ? `${log.label} · ${t("line {0}", line + 1)}` : log.label;
}
