import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { pictureFailures, type Session, startSession } from "./harness/session.ts";
import type { Workbench } from "./harness/workbench.ts";

let session: Session;
let workbench: Workbench;
let folder: string;

beforeAll(async () => {
  session = await startSession();
  return session.end;
});

beforeAll(async () => {
  folder = session.workspace({
    "package.json": JSON.stringify({ scripts: { dev: "node server.mjs" } }),
    "server.mjs": "setInterval(() => {}, 1000); console.log('ready');\n",
    Procfile: "worker: exit 3\n",
  });
  workbench = await session.open(folder, "zh-cn");
  await workbench.openView();
});

pictureFailures(() => session);

test("the empty view leads to four steps, each with a picture", async () => {
  await workbench.welcome().getByText("四个步骤").click({ timeout: 60_000 });
  const steps = workbench.page.locator(".gettingStartedContainer .getting-started-step");
  await steps.filter({ hasText: "写明要运行什么" }).waitFor();
  expect(await steps.count()).toBe(4);
  // The picture stands in a frame within the frame of a web view.
  const frame = workbench.page.frameLocator(".getting-started-media iframe").frameLocator("iframe");
  await frame.locator("svg").waitFor();
  await workbench.screenshot("walkthrough-chinese");
});

test("a configuration is proposed, and headed, in Chinese", async () => {
  await workbench.welcome().getByRole("button", { name: "创建 supervisord.conf" }).click();
  await workbench.page.getByPlaceholder("选择要运行的程序").waitFor();
  await workbench.screenshot("create-chinese");
  await workbench.page.keyboard.press("Enter");
  await workbench.page.locator(".editor-instance .view-line", { hasText: "此项目的开发进程" }).waitFor();
  await workbench.page.locator(".editor-instance .view-lines").first().click();
  await workbench.page.keyboard.press("Control+s");
});

test("the question before commands run is asked in Chinese", async () => {
  await workbench.welcome().getByRole("button", { name: "启动" }).click();
  await workbench.dialog().getByText("运行 supervisord.conf 的 2 个程序？").waitFor();
  await workbench.screenshot("question-chinese");
  await workbench.answer("启动");
});

test("rows, their menu and the status bar are worded in Chinese", async () => {
  await workbench.row("dev, 正在运行").waitFor({ timeout: 30_000 });
  await workbench.row("worker, 失败").waitFor({ timeout: 30_000 });
  const status = workbench.page.locator(".part.statusbar .statusbar-item", { hasText: "1/2" });
  expect(await status.getAttribute("aria-label")).toContain("Supervisord：2 个程序中有 1 个正在运行");
  await workbench.row("dev, 正在运行").click({ button: "right" });
  await workbench.page.getByRole("menuitem", { name: "重启", exact: true }).waitFor();
  await workbench.screenshot("view-chinese");
  await workbench.page.keyboard.press("Escape");
});

test("what the daemon tells in English is shown in Chinese: a refused file, and a program that cannot start", async () => {
  const file = join(folder, "supervisord.conf");
  const before = readFileSync(file, "utf8");
  const ghost = "\n[program:ghost]\ncommand=/no/such/program\nstartretries=";
  writeFileSync(file, `${before}${ghost}soon\n`);
  const refused = workbench.page.locator(".part.sidebar .monaco-list-row", {
    hasText: "不是 startretries 的有效值",
  });
  await refused.waitFor();
  await workbench.screenshot("refused-chinese");
  writeFileSync(file, `${before}${ghost}0\n`);
  await refused.waitFor({ state: "detached" });
  await workbench.runCommand("supervisord.reload");
  await workbench.answer("重新加载");
  await workbench.row("ghost, 失败, 找不到命令 '/no/such/program'").waitFor();
});

test("settings are described in Chinese", async () => {
  await workbench.runCommand("workbench.action.openSettings2");
  await workbench.page.locator(".settings-editor .search-container .view-lines").click();
  await workbench.page.keyboard.type("supervisord.startOnOpen");
  await workbench.page
    .locator(".settings-editor")
    .getByText("打开受信任的工作区时是否启动其中的程序")
    .waitFor();
  await workbench.screenshot("settings-chinese");
});
