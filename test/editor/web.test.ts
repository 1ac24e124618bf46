import { writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { configAround } from "../helpers/daemon.ts";
import { button, openPage, PROGRAMS, row, says, shows, startSite, visibleNames } from "./harness/web-site.ts";

describe("the status page", () => {
  test("follows what happens: a program that is killed is shown with its new pid", async () => {
    const { daemon, url } = await startSite();
    const page = await openPage(url);
    const { pid } = await daemon.rpc.getProcessInfo("web");
    await shows(page, "web", `pid ${pid},`);
    process.kill(pid, "SIGKILL");
    await shows(page, "web", new RegExp(`running\\s+pid (?!${pid},)\\d+`));
    await shows(page, "broken", /fatal\s+exit status 3, Exited too quickly/);
  });

  test("lets time go on without asking the daemon", async () => {
    const { url } = await startSite();
    const page = await openPage(url);
    await shows(page, "web", "uptime 0:00:02");
    await page.locator("#uptime", { hasText: "0:00:03" }).waitFor();
  });

  test("starts, restarts and stops in place, and the button keeps the focus", async () => {
    const { daemon, url } = await startSite();
    const page = await openPage(url);
    await button(page, "Start idle").click();
    await says(page, "Process idle started");
    await shows(page, "idle", "running");
    expect(await button(page, "Start idle").getAttribute("aria-disabled")).toBe("true");
    const { pid } = await daemon.rpc.getProcessInfo("idle");
    await button(page, "Restart idle").click();
    await says(page, "Process idle restarted");
    expect((await daemon.rpc.getProcessInfo("idle")).pid).not.toBe(pid);
    await button(page, "Stop idle").click();
    await says(page, "Process idle stopped");
    await shows(page, "idle", "stopped");
    expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe("Stop idle");
    expect(page.url()).toBe(url);
  });

  test("acts on a group and on all, which it asks about before", async () => {
    const { url } = await startSite();
    const page = await openPage(url);
    await button(page, "Stop group jobs").click();
    await says(page, "Group jobs stopped");
    await shows(page, "jobs:0", "stopped");
    page.once("dialog", (dialog) => dialog.dismiss());
    await button(page, "Stop all").click();
    await shows(page, "web", "running");
    page.once("dialog", (dialog) => dialog.accept());
    await button(page, "Stop all").click();
    await says(page, /^All stopped at /);
    await shows(page, "web", "stopped");
    await button(page, "Start all").click();
    await says(page, /^All started at .*, except broken \(spawn error\)$/);
  });

  test("tells why something did not work", async () => {
    const { url } = await startSite();
    const page = await openPage(url);
    await button(page, "Start broken").click();
    await says(page, "ERROR: Process broken: spawn error");
    expect(await page.locator("#notice").getAttribute("data-kind")).toBe("error");
  });

  test("filters by words, state and group, and after loading again still does", async () => {
    const { url } = await startSite();
    const page = await openPage(url);
    await page.keyboard.press("/");
    await page.keyboard.type("JOBS 1");
    await expect.poll(() => visibleNames(page)).toEqual(["jobs:1"]);
    expect(await page.locator("#shown").textContent()).toBe("1 shown");
    await page.reload();
    await expect.poll(() => visibleNames(page)).toEqual(["jobs:1"]);
    await page.getByLabel("Filter").press("Escape");
    await page.getByRole("combobox", { name: /^State/ }).selectOption("FATAL");
    await expect.poll(() => visibleNames(page)).toEqual(["broken"]);
    await page.getByRole("combobox", { name: /^Group/ }).selectOption("web");
    await expect.poll(() => visibleNames(page)).toEqual([]);
    await page.getByText("No process passes the filter").waitFor();
    await page.getByRole("combobox", { name: /^State/ }).selectOption("");
    await expect.poll(() => visibleNames(page)).toEqual(["web"]);
  });

  test("a process that changes its state passes a filter of states from then on", async () => {
    const { daemon, url } = await startSite();
    const page = await openPage(`${url}?state=STOPPED`);
    await expect.poll(() => visibleNames(page)).toEqual(["idle"]);
    await daemon.rpc.stopProcess("web");
    await expect.poll(() => visibleNames(page)).toEqual(["idle", "web"]);
  });

  test("shows groups that come, and forgets those that go", async () => {
    const { daemon, url } = await startSite();
    const page = await openPage(url);
    await button(page, "Stop web").focus();
    const programs = `${PROGRAMS}[program:added]\ncommand=/bin/sleep 1000\nstartsecs=0\n`;
    writeFileSync(daemon.configFile, configAround(daemon.folder, programs));
    await page.getByText("The configuration on disk has changed").waitFor();
    await daemon.rpc.reloadConfig();
    await daemon.rpc.addProcessGroup("added");
    await shows(page, "added", "running");
    await page.getByRole("combobox", { name: /^Group/ }).selectOption("added");
    await page.getByRole("combobox", { name: /^Group/ }).selectOption("");
    await daemon.rpc.removeProcessGroup("idle");
    await row(page, "idle").waitFor({ state: "detached" });
    await button(page, "Stop added").click();
    await shows(page, "added", "stopped");
  });

  test("says that the daemon is gone, and starts over with the next one", async () => {
    const { daemon, url } = await startSite();
    const page = await openPage(url);
    // That it shows what came after its loading says that it follows; a page that does not yet has nothing to lose.
    await daemon.rpc.call("supervisor.startProcess", ["idle"]);
    await shows(page, "idle", "running");
    const before = await page.locator("[name=token]").inputValue();
    await daemon.rpc.call("supervisor.restart", []);
    await page.getByText("Connection lost").waitFor();
    await expect.poll(() => page.locator("[name=token]").inputValue(), { timeout: 15_000 }).not.toBe(before);
    await button(page, "Stop web").click();
    await says(page, "Process web stopped");
  });
});
