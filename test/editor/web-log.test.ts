import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { button, openPage, says, startSite } from "./harness/web-site.ts";

describe("the page of a log", () => {
  const WRITER = `[program:writer]
command=/bin/sh -c 'while read -r line; do printf "%%b\\n" "$line"; echo "err $line" >&2; done'
startsecs=0
`;

  test("shows what is written as it is written, without terminal sequences", async () => {
    const { daemon, url } = await startSite(WRITER);
    const write = (text: string) => daemon.rpc.call("supervisor.sendProcessStdin", ["writer", `${text}\n`]);
    await write("first");
    const page = await openPage(`${url}tail.html?processname=writer`);
    const log = page.getByRole("log", { name: "stdout of writer" });
    await log.filter({ hasText: "first" }).waitFor();
    await write("\\033[31msecond\\033[0m <b>bold</b>");
    await expect.poll(() => log.textContent()).toBe("first\nsecond <b>bold</b>\n");
    await page.getByRole("link", { name: "stderr" }).click();
    await page.getByRole("log", { name: "stderr of writer" }).filter({ hasText: "err first" }).waitFor();
  });

  test("follows the end until one scrolls away from it", async () => {
    const { daemon, url } = await startSite(WRITER);
    const write = (text: string) => daemon.rpc.call("supervisor.sendProcessStdin", ["writer", `${text}\n`]);
    const page = await openPage(`${url}tail.html?processname=writer`);
    await write(Array.from({ length: 300 }, (_, i) => `line ${i}`).join("\n"));
    const log = page.getByRole("log");
    const fromEnd = () => log.evaluate((pre) => pre.scrollHeight - pre.scrollTop - pre.clientHeight);
    await log.filter({ hasText: "line 299" }).waitFor();
    await expect.poll(fromEnd).toBeLessThan(2);
    await log.evaluate((pre) => pre.scrollTo(0, 0));
    await expect.poll(() => page.getByLabel("Follow").isChecked()).toBe(false);
    await write("the last line");
    await log.filter({ hasText: "the last line" }).waitFor();
    expect(await fromEnd()).toBeGreaterThan(100);
    await page.getByLabel("Follow").check();
    await expect.poll(fromEnd).toBeLessThan(2);
  });

  test("starts anew when the log is cleared, here or elsewhere", async () => {
    const { daemon, url } = await startSite(WRITER);
    const write = (text: string) => daemon.rpc.call("supervisor.sendProcessStdin", ["writer", `${text}\n`]);
    await write("before");
    const page = await openPage(`${url}tail.html?processname=writer`);
    const log = page.getByRole("log");
    await log.filter({ hasText: "before" }).waitFor();
    await button(page, "Clear log writer").click();
    await says(page, "Log for writer cleared");
    expect(await log.textContent()).toBe("");
    await write("between");
    await expect.poll(() => log.textContent()).toBe("between\n");
    await daemon.rpc.clearProcessLogs("writer");
    await write("after");
    await expect.poll(() => log.textContent()).toBe("after\n");
    expect(readFileSync((await daemon.rpc.getProcessInfo("writer")).stdout_logfile, "utf8")).toBe("after\n");
  });

  test("acts on its process and shows its state", async () => {
    const { url } = await startSite();
    const page = await openPage(`${url}tail.html?processname=jobs%3A1`);
    await button(page, "Stop jobs:1").click();
    await says(page, "Process jobs:1 stopped");
    await page.locator("#process", { hasText: "stopped" }).waitFor();
  });

  test("stays responsive under a flood", async () => {
    const { url } = await startSite("[program:flood]\ncommand=/usr/bin/yes flooding the page\nstartsecs=0\n");
    const page = await openPage(`${url}tail.html?processname=flood`);
    await page.getByRole("log").filter({ hasText: "flooding the page" }).waitFor();
    await page.getByText("Output comes too quickly to show all of it").waitFor();
    await button(page, "Stop flood").click();
    await says(page, "Process flood stopped");
    await page.getByText("Output comes too quickly to show all of it").waitFor({ state: "hidden" });
    expect(await page.getByRole("log").evaluate((pre) => pre.textContent.length)).toBeLessThan(2_100_000);
  });
});
