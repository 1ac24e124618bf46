import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test, vi } from "vitest";
import { pictureFailures, type Session, startSession } from "./harness/session.ts";
import type { Workbench } from "./harness/workbench.ts";

const FILE = `[supervisord]

[program:web]
command=bash -c 'echo a ; sleep 1000'
directory=%(here)s
`;

const MARKED = "supervisor/conf.d/marked.conf";

let session: Session;
let folder: string;
let workbench: Workbench;

beforeAll(async () => {
  session = await startSession();
  return session.end;
});

beforeAll(async () => {
  folder = session.workspace({
    "supervisord.conf": FILE,
    [MARKED]: "\ufeff[program:old]\ncommand=sleep 1000\n",
    "package.json": JSON.stringify({ scripts: { dev: "vite", build: "vite build" } }),
  });
  workbench = await session.open(folder);
  await workbench.openFile("supervisord.conf");
});

pictureFailures(() => session);

test("text that is lost is underlined and greyed", async () => {
  await workbench.page.locator(".editor-instance .squiggly-error").first().waitFor({ timeout: 60_000 });
  await workbench.page.locator(".editor-instance .squiggly-inline-unnecessary").first().waitFor();
  await workbench.screenshot("writing-greyed");
});

test("its code leads to where it is explained", async () => {
  const problem = await workbench.problem('Everything from " ;" is a comment');
  await problem.getByText("comment.in-quotes").click();
  await workbench.page.getByRole("tab", { name: /^DIAGNOSTICS\.md/ }).waitFor();
  await workbench.page.getByText("so the value ends in the middle of the quoted text").waitFor();
  await workbench.openFile("supervisord.conf");
});

test("its fix is one choice away", async () => {
  await goTo(4, 27);
  await workbench.offerFixes("Remove the space before ;");
  await workbench.screenshot("writing-fixes");
  await workbench.page.getByText("Remove the space before ;").first().click();
  await expectLine("command=bash -c 'echo a; sleep 1000'");
  await workbench.page.locator(".editor-instance .squiggly-error").first().waitFor({ state: "detached" });
});

test("hovering an option explains it, and shows what the process gets", async () => {
  await goTo(4, 3);
  await workbench.runCommand("editor.action.showHover");
  const hover = workbench.page.locator(".monaco-hover:visible");
  await hover.getByText("The executable and its arguments.").waitFor();
  await hover.getByText('["bash", "-c", "echo a; sleep 1000"]').waitFor();
  await workbench.screenshot("writing-hover");
  await workbench.page.keyboard.press("Escape");
});

test("a new line offers the options that are not there yet, and the one that is taken its values", async () => {
  await goTo(5, 19);
  await workbench.page.keyboard.type("\nautos");
  await suggestion("autostart").waitFor();
  await workbench.screenshot("writing-options");
  await workbench.page.keyboard.press("Enter");
  await suggestion("false").waitFor();
  await workbench.page.keyboard.press("Escape");
  await expectLine("autostart=");
  await workbench.page.keyboard.type("true");
});

test("the scripts of package.json are offered after npm run", async () => {
  await goTo(6, 15);
  await workbench.page.keyboard.type("\n\n[program:dev]\ncommand=npm run ");
  await suggestion("dev").waitFor();
  await workbench.screenshot("writing-scripts");
  await suggestion("dev").click();
  await expectLine("command=npm run dev");
});

test("a new section comes with the options that it needs", async () => {
  await workbench.page.keyboard.type("\n\n[even");
  await suggestion("[eventlistener:…]").waitFor();
  await workbench.page.keyboard.press("Enter");
  await expectLine("events=PROCESS_STATE");
  await workbench.page.keyboard.press("Control+s");
  await vi.waitFor(() => expect(onDisk()).toContain("[eventlistener:name]\nevents=PROCESS_STATE\n"), WAIT);
});

test("a byte order mark, which the editor does not show, is told until the file is saved without it", async () => {
  await workbench.openFile("marked.conf");
  await (await workbench.problem("A byte order mark (BOM) stands before the first line")).waitFor();
  await workbench.screenshot("writing-byte-order-mark");
  await workbench.page.locator(".editor-instance .view-lines").first().click();
  await workbench.runCommand("workbench.action.editor.changeEncoding");
  await workbench.pick("Save with Encoding");
  await workbench.page.locator(".quick-input-widget input.input").fill("UTF-8");
  await workbench.page.locator('.quick-input-list .monaco-list-row[aria-label^="UTF-8,"]').click();
  await vi.waitFor(() => expect(readFileSync(join(folder, MARKED), "utf8")).toMatch(/^\[/), WAIT);
  await workbench.page.locator(".editor-instance .squiggly-error").first().waitFor({ state: "detached" });
});

test("all of it is legible in the dark", async () => {
  await workbench.close();
  session.changeSettings({ "workbench.colorTheme": "Dark 2026" });
  workbench = await session.open(session.workspace({ "supervisord.conf": FILE }));
  await workbench.openFile("supervisord.conf");
  await workbench.page.locator(".editor-instance .squiggly-error").first().waitFor({ timeout: 60_000 });
  await goTo(4, 27);
  await workbench.offerFixes("Remove the space before ;");
  await workbench.screenshot("writing-fixes-dark");
  await workbench.page.keyboard.press("Escape");
  await goTo(4, 3);
  await workbench.runCommand("editor.action.showHover");
  await workbench.page
    .locator(".monaco-hover:visible")
    .getByText("The executable and its arguments.")
    .waitFor();
  await workbench.screenshot("writing-hover-dark");
  await workbench.page.keyboard.press("Escape");
  await goTo(5, 19);
  await workbench.page.keyboard.type("\nautos");
  await suggestion("autostart").waitFor();
  await workbench.screenshot("writing-options-dark");
  session.changeSettings({});
});

test("in Chinese all of it is Chinese", async () => {
  await workbench.close();
  workbench = await session.open(session.workspace({ "supervisord.conf": FILE }), "zh-cn");
  await workbench.openFile("supervisord.conf");
  await workbench.page.locator(".editor-instance .squiggly-error").first().waitFor({ timeout: 60_000 });
  await (await workbench.problem("开始都是注释")).waitFor();
  await workbench.page.locator(".editor-instance .view-lines").first().click();
  await goTo(4, 3);
  await workbench.runCommand("editor.action.showHover");
  await workbench.page.locator(".monaco-hover:visible").getByText("可执行文件及其参数").waitFor();
  await workbench.screenshot("writing-chinese");
});

const WAIT = { timeout: 15_000, interval: 100 };

function onDisk(): string {
  return readFileSync(join(folder, "supervisord.conf"), "utf8");
}

function suggestion(label: string) {
  return workbench.page.locator(`.suggest-widget .monaco-list-row[aria-label^="${label}"]`).first();
}

async function goTo(line: number, column: number): Promise<void> {
  await workbench.runCommand("workbench.action.gotoLine");
  const input = workbench.page.locator(".quick-input-widget input.input");
  await input.fill(`:${line}:${column}`);
  await workbench.page.keyboard.press("Enter");
  await input.waitFor({ state: "hidden" });
}

/** Waits until a line of the file is this text; Monaco shows spaces as non-breaking ones. */
async function expectLine(text: string): Promise<void> {
  const lines = async () =>
    (await workbench.page.locator(".editor-instance .view-line").allTextContents()).map((line) =>
      line.replaceAll("\u00a0", " "),
    );
  await vi.waitFor(async () => expect(await lines()).toContain(text), WAIT);
}
