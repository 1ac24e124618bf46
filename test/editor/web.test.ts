import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { configAround, startDaemon, type TestDaemon } from "../helpers/daemon.ts";
import { freePort } from "../helpers/free-port.ts";
import { launchBrowser } from "./harness/browser.ts";
import { serveForeignPage } from "./harness/foreign-page.ts";
import { takePicture } from "./harness/workbench.ts";

const PROGRAMS = `[program:web]
command=/bin/sh -c 'echo ready; echo "to stderr" >&2; exec sleep 1000'
startsecs=0
[program:idle]
command=/bin/sleep 1000
autostart=false
startsecs=0
[program:broken]
command=/bin/sh -c 'exit 3'
startretries=0
startsecs=5
[program:jobs]
command=/bin/sleep 1000
startsecs=0
numprocs=2
process_name=%(process_num)d
`;

type Site = { readonly daemon: TestDaemon; readonly url: string; readonly port: number };

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
});

async function startSite(programs = PROGRAMS, login = ""): Promise<Site> {
  const port = await freePort();
  const server = `[inet_http_server]\nport=127.0.0.1:${port}\n${login}`;
  return { daemon: await startDaemon(`${programs}${server}`), url: `http://127.0.0.1:${port}/`, port };
}

/** A page with storage of its own. What it complains of fails the test. */
async function open(url: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.setDefaultTimeout(10_000);
  page.on("pageerror", ({ message }) => complaints.push(message));
  page.on("console", (message) => {
    if (message.text().includes("Content Security Policy")) complaints.push(message.text());
  });
  onTestFinished(async () => {
    await context.close();
    expect(complaints).toEqual([]);
  });
  await page.goto(url);
  return page;
}

const row = (page: Page, name: string) =>
  page.getByRole("row", { name: new RegExp(`^${name} (?:running|stopped|starting|stopping|exited|fatal)`) });
const button = (page: Page, label: string) => page.getByRole("button", { name: label, exact: true });
const shows = (page: Page, name: string, text: string | RegExp) =>
  row(page, name).filter({ hasText: text }).waitFor();
const says = (page: Page, text: string | RegExp) => page.locator("#notice", { hasText: text }).waitFor();
const visibleNames = (page: Page) => page.locator("tbody tr[data-key]:visible th").allInnerTexts();

describe("the status page", () => {
  test("follows what happens: a program that is killed is shown with its new pid", async () => {
    const { daemon, url } = await startSite();
    const page = await open(url);
    const { pid } = await daemon.rpc.getProcessInfo("web");
    await shows(page, "web", `pid ${pid},`);
    process.kill(pid, "SIGKILL");
    await shows(page, "web", new RegExp(`running\\s+pid (?!${pid},)\\d+`));
    await shows(page, "broken", /fatal\s+exit status 3, Exited too quickly/);
  });

  test("lets time go on without asking the daemon", async () => {
    const { url } = await startSite();
    const page = await open(url);
    await shows(page, "web", "uptime 0:00:02");
    await page.locator("#uptime", { hasText: "0:00:03" }).waitFor();
  });

  test("starts, restarts and stops in place, and the button keeps the focus", async () => {
    const { daemon, url } = await startSite();
    const page = await open(url);
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
    const page = await open(url);
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
    await says(page, /^All started at .*, except broken \(abnormal termination\)$/);
  });

  test("tells why something did not work", async () => {
    const { url } = await startSite();
    const page = await open(url);
    await button(page, "Start broken").click();
    await says(page, "ERROR: Process broken: abnormal termination");
    expect(await page.locator("#notice").getAttribute("data-kind")).toBe("error");
  });

  test("filters by words, state and group, and after loading again still does", async () => {
    const { url } = await startSite();
    const page = await open(url);
    await page.keyboard.press("/");
    await page.keyboard.type("JOBS 1");
    await expect.poll(() => visibleNames(page)).toEqual(["jobs:1"]);
    expect(await page.locator("#shown").innerText()).toBe("1 shown");
    await page.reload();
    await expect.poll(() => visibleNames(page)).toEqual(["jobs:1"]);
    await page.getByLabel("Filter").press("Escape");
    await page.getByLabel("State").selectOption("FATAL");
    await expect.poll(() => visibleNames(page)).toEqual(["broken"]);
    await page.getByLabel("Group").selectOption("web");
    await expect.poll(() => visibleNames(page)).toEqual([]);
    await page.getByText("No process passes the filter").waitFor();
    await page.getByLabel("State").selectOption("");
    await expect.poll(() => visibleNames(page)).toEqual(["web"]);
  });

  test("a process that changes its state passes a filter of states from then on", async () => {
    const { daemon, url } = await startSite();
    const page = await open(`${url}?state=STOPPED`);
    await expect.poll(() => visibleNames(page)).toEqual(["idle"]);
    await daemon.rpc.stopProcess("web");
    await expect.poll(() => visibleNames(page)).toEqual(["idle", "web"]);
  });

  test("shows groups that come, and forgets those that go", async () => {
    const { daemon, url } = await startSite();
    const page = await open(url);
    await button(page, "Stop web").focus();
    const programs = `${PROGRAMS}[program:added]\ncommand=/bin/sleep 1000\nstartsecs=0\n`;
    writeFileSync(daemon.configFile, configAround(daemon.folder, programs));
    await page.getByText("The configuration on disk has changed").waitFor();
    await daemon.rpc.reloadConfig();
    await daemon.rpc.addProcessGroup("added");
    await shows(page, "added", "running");
    await page.getByLabel("Group").selectOption("added");
    await page.getByLabel("Group").selectOption("");
    await daemon.rpc.stopProcess("idle");
    await daemon.rpc.removeProcessGroup("idle");
    await row(page, "idle").waitFor({ state: "detached" });
    await button(page, "Stop added").click();
    await shows(page, "added", "stopped");
  });

  test("says that the daemon is gone, and starts over with the next one", async () => {
    const { daemon, url } = await startSite();
    const page = await open(url);
    await shows(page, "web", "running");
    const before = await page.locator("[name=token]").inputValue();
    await daemon.rpc.call("supervisor.restart", []);
    await page.getByText("Connection lost").waitFor();
    await expect.poll(() => page.locator("[name=token]").inputValue(), { timeout: 15_000 }).not.toBe(before);
    await button(page, "Stop web").click();
    await says(page, "Process web stopped");
  });
});

describe("the page of a log", () => {
  const WRITER = `[program:writer]
command=/bin/sh -c 'while read line; do printf "%%s\\n" "$line"; echo "err $line" >&2; done'
startsecs=0
`;

  test("shows what is written as it is written, without terminal sequences", async () => {
    const { daemon, url } = await startSite(WRITER);
    const write = (text: string) => daemon.rpc.call("supervisor.sendProcessStdin", ["writer", `${text}\n`]);
    await write("first");
    const page = await open(`${url}tail.html?processname=writer`);
    const log = page.getByRole("log", { name: "stdout of writer" });
    await log.filter({ hasText: "first" }).waitFor();
    await write("\u001b[31msecond\u001b[0m <b>bold</b>");
    await expect.poll(() => log.innerText()).toBe("first\nsecond <b>bold</b>\n");
    await page.getByRole("link", { name: "stderr" }).click();
    await page.getByRole("log", { name: "stderr of writer" }).filter({ hasText: "err first" }).waitFor();
  });

  test("follows the end until one scrolls away from it", async () => {
    const { daemon, url } = await startSite(WRITER);
    const write = (text: string) => daemon.rpc.call("supervisor.sendProcessStdin", ["writer", `${text}\n`]);
    const page = await open(`${url}tail.html?processname=writer`);
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
    const page = await open(`${url}tail.html?processname=writer`);
    const log = page.getByRole("log");
    await log.filter({ hasText: "before" }).waitFor();
    await button(page, "Clear log writer").click();
    await says(page, "Log for writer cleared");
    expect(await log.innerText()).toBe("");
    await write("between");
    await expect.poll(() => log.innerText()).toBe("between\n");
    await daemon.rpc.clearProcessLogs("writer");
    await write("after");
    await expect.poll(() => log.innerText()).toBe("after\n");
    expect(readFileSync((await daemon.rpc.getProcessInfo("writer")).stdout_logfile, "utf8")).toBe("after\n");
  });

  test("acts on its process and shows its state", async () => {
    const { url } = await startSite();
    const page = await open(`${url}tail.html?processname=jobs%3A1`);
    await button(page, "Stop jobs:1").click();
    await says(page, "Process jobs:1 stopped");
    await page.locator("#process", { hasText: "stopped" }).waitFor();
  });

  test("stays responsive under a flood", async () => {
    const { url } = await startSite("[program:flood]\ncommand=/usr/bin/yes flooding the page\nstartsecs=0\n");
    const page = await open(`${url}tail.html?processname=flood`);
    await page.getByRole("log").filter({ hasText: "flooding the page" }).waitFor();
    await button(page, "Stop flood").click();
    await says(page, "Process flood stopped");
    expect(await page.getByRole("log").evaluate((pre) => pre.textContent.length)).toBeLessThan(4_100_000);
  });
});

describe("what others write", () => {
  test("is text: names, errors and logs run nothing", async () => {
    const name = `<b>x"onclick="hacked=1"'&amp;`;
    const { url } = await startSite(`[program:${name}]
command=/bin/sh -c 'echo "</pre><script>hacked=1</script><img src=x onerror=hacked=1>"; exec sleep 1000'
startsecs=0
`);
    const page = await open(url);
    const link = page.getByRole("link", { name, exact: true });
    expect(await link.innerText()).toBe(name);
    await button(page, `Stop ${name}`).click();
    await says(page, `Process ${name} stopped`);
    await link.click();
    await page.getByRole("log").filter({ hasText: "<img src=x onerror=hacked=1>" }).waitFor();
    await button(page, `Start ${name}`).click();
    await says(page, `Process ${name} started`);
    expect(await page.evaluate(() => [Reflect.get(window, "hacked"), document.images.length])).toEqual([
      undefined,
      0,
    ]);
  });
});

describe("a password", () => {
  const LOGIN = "username=me\npassword=secret\n";

  test("is asked for, and without it nothing is shown", async () => {
    const { url } = await startSite(PROGRAMS, LOGIN);
    for (const options of [{}, { httpCredentials: { username: "me", password: "wrong" } }]) {
      const context = await browser.newContext(options);
      const response = await (await context.newPage()).goto(url);
      expect(response?.status()).toBe(401);
      expect(await response?.text()).toBe("user or password is wrong\n");
      await context.close();
    }
  });

  test("opens page, stream and buttons alike, also one that stands in the address", async () => {
    const { url } = await startSite(PROGRAMS, LOGIN);
    const credentials = { httpCredentials: { username: "me", password: "secret" } };
    const pages = [await open(url, credentials), await open(url.replace("//", "//me:secret@"))];
    for (const page of pages) {
      await button(page, "Stop web").click();
      await says(page, "Process web stopped");
      await shows(page, "web", "stopped");
      await button(page, "Start web").click();
      await shows(page, "web", "running");
    }
  });
});

test.each(["127.0.0.1", "localhost"])("a foreign page at %s can neither act nor read", async (host) => {
  const { daemon, url } = await startSite();
  const foreign = await serveForeignPage(host, url);
  const context = await browser.newContext();
  onTestFinished(() => context.close());
  const own = await context.newPage();
  await own.goto(url);
  const before = (await daemon.rpc.getAllProcessInfo()).map(({ pid }) => pid);
  const page = await context.newPage();
  await page.goto(foreign.url);
  const tried = await vi.waitFor(async () => {
    const done = await page.evaluate(() => Reflect.get(window, "tried"));
    expect(done).toBeDefined();
    return done;
  });
  expect(tried).toEqual({
    readPage: "refused",
    readEvents: "refused",
    postForm: "sent blind",
    postRpc: "sent blind",
    frame: "empty",
  });
  await page.click("text=Post a form");
  await page.getByText("requests from other web sites are refused").waitFor();
  await page.goto(foreign.url);
  await page.click("text=Follow a link");
  await page.getByText("Links do not act here").waitFor();
  expect((await daemon.rpc.getAllProcessInfo()).map(({ pid }) => pid)).toEqual(before);
});

describe("people", () => {
  test("without script can look, filter and act", async () => {
    const { daemon, url } = await startSite();
    const page = await open(url, { javaScriptEnabled: false });
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
    const page = await open(url);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? "");
    for (let i = 0; i < 40 && (await focused()) !== "Start idle"; i++) await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await says(page, "Process idle started");
  });

  test("who cannot see are told what changes", async () => {
    const { daemon, url } = await startSite();
    const page = await open(url);
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
        const page = await open(url, { colorScheme, viewport: { width, height: 800 } });
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
