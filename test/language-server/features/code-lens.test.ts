import { expect, test } from "vitest";
import { codeLensesOf } from "../../../language-server/features/code-lens.ts";
import { processLookup } from "../../../language-server/features/live.ts";
import { english } from "../../../language-server/l10n/words.ts";
import type { LiveProcess } from "../../../language-server/requests.ts";
import { siteWith } from "../site.ts";

function process(group: string, name: string, state: "RUNNING" | "STOPPED"): LiveProcess {
  const isUp = state === "RUNNING";
  const acts = isUp ? (["stop", "restart"] as const) : (["start"] as const);
  return { group, name, id: `s|${group}:${name}`, state, pid: isUp ? 12 : null, acts };
}

/** Each lens as `LINE TITLE`, with the names that its command is called with. */
function lenses(text: string, processes: readonly LiveProcess[]): string[] {
  const { site } = siteWith(text);
  const document = site.documents.get(site.file);
  if (document === undefined) throw new Error("cannot find the asked file");
  return codeLensesOf(document, processLookup(site, processes), english).map(({ range, command }) => {
    const names = (command?.arguments?.[0] ?? []).map((id: string) => id.slice(id.indexOf(":") + 1));
    return `${range.start.line + 1} ${[command?.title, ...names].join(" ")}`;
  });
}

test("a program shows its state, what can be done to it, and its log", () => {
  expect(lenses("; x\n[program:web]\n", [process("web", "web", "RUNNING")])).toEqual([
    "2 RUNNING · pid 12",
    "2 Stop web",
    "2 Restart web",
    "2 Log web",
  ]);
  expect(lenses("[program:web]\n", [process("web", "web", "STOPPED")])).toEqual([
    "1 STOPPED",
    "1 Start web",
    "1 Log web",
  ]);
});

test("a program of several processes counts them, acts on those that it fits, and shows their logs together", () => {
  const text = "[program:w]\nnumprocs=2\nprocess_name=%(program_name)s_%(process_num)02d\n";
  const processes = [process("w", "w_00", "RUNNING"), process("w", "w_01", "STOPPED")];
  expect(lenses(text, processes)).toEqual([
    "1 1 of 2 running",
    "1 Start w_01",
    "1 Stop w_00",
    "1 Restart w_00",
    "1 Log *",
  ]);
});

test("a group stands for its programs, which are found in it", () => {
  const text = "[group:g]\nprograms=a,b\n[program:a]\n[program:b]\n";
  const processes = [process("g", "a", "RUNNING"), process("g", "b", "RUNNING")];
  expect(lenses(text, processes)).toEqual([
    "1 2 of 2 running",
    "1 Stop a b",
    "1 Restart a b",
    "1 Log *",
    "3 RUNNING · pid 12",
    "3 Stop a",
    "3 Restart a",
    "3 Log a",
    "4 RUNNING · pid 12",
    "4 Stop b",
    "4 Restart b",
    "4 Log b",
  ]);
});

test("what no supervisor knows has nothing over it", () => {
  expect(lenses("[program:new]\n[supervisord]\n", [process("web", "web", "RUNNING")])).toEqual([]);
});
