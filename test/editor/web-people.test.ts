import { join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { root } from "./harness/places.ts";
import { button, openPage, says, shows, startSite, visibleNames } from "./harness/web-site.ts";

describe("people", () => {
  test("without script can look, filter and act", async () => {
    const { daemon, url } = await startSite();
    const page = await openPage(url, { javaScriptEnabled: false });
    await page.getByLabel("Filter").fill("web");
    await button(page, "Filter").click();
    expect(await visibleNames(page)).toEqual(["web"]);
    await button(page, "Stop web").click();
    await says(page, "Process web stopped");
    expect(await visibleNames(page)).toEqual(["web"]);
    expect((await daemon.rpc.getProcessInfo("web")).statename).toBe("STOPPED");
    await page.getByRole("link", { name: "web", exact: true }).click();
    await page.getByRole("log").filter({ hasText: "ready" }).waitFor();
    await button(page, "Start web").click();
    await says(page, "Process web started");
  });

  test("with a keyboard alone get everywhere", async () => {
    const { url } = await startSite();
    const page = await openPage(url);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? "");
    for (let i = 0; i < 40 && (await focused()) !== "Start idle"; i++) await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await says(page, "Process idle started");
  });

  test("who cannot see are told what changes", async () => {
    const { daemon, url } = await startSite();
    const page = await openPage(url);
    await shows(page, "web", "running");
    await daemon.rpc.stopProcess("web");
    await page.getByRole("status").filter({ hasText: "web stopped" }).waitFor();
    const names = await page.getByRole("columnheader").allInnerTexts();
    expect(names).toEqual(["Name", "State", "Description", "Action"]);
  });

  test.each(["light", "dark"] as const)(
    "see it %s where they set that, on any screen",
    async (colorScheme) => {
      const { url } = await startSite();
      for (const [screen, width] of [
        ["wide", 1200],
        ["phone", 360],
      ] as const) {
        const page = await openPage(url, { colorScheme, viewport: { width, height: 800 } });
        await shows(page, "broken", "fatal");
        const [red = 0] = await page.evaluate(() =>
          (getComputedStyle(document.body).backgroundColor.match(/\d+/g) ?? []).map(Number),
        );
        expect(red > 128).toBe(colorScheme === "light");
        await takePicture(page, `web-status-${screen}-${colorScheme}`);
        expect(await overflow(page)).toBe(0);
        await page.goto(`${url}tail.html?processname=web&limit=16384`);
        await page.getByRole("log").filter({ hasText: "ready" }).waitFor();
        await takePicture(page, `web-tail-${screen}-${colorScheme}`);
        expect(await overflow(page)).toBe(0);
      }
    },
  );
});

/** By how much the page is wider than its window. */
function overflow(page: Page): Promise<number> {
  return page
    .evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    .then((by) => Math.max(0, by));
}

/** Leaves a picture for people. */
async function takePicture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(root, "test-results/screenshots", `${name}.png`) });
}
