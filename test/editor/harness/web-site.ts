import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished } from "vitest";
import { startDaemon, type TestDaemon } from "../../helpers/daemon.ts";
import { freePort } from "../../helpers/free-port.ts";
import { launchBrowser } from "./browser.ts";

/** Programs in every state that a page can show for long. */
export const PROGRAMS = `[program:web]
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

/** A daemon with its web page. */
type Site = { readonly daemon: TestDaemon; readonly url: string };

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
});

/** Starts a daemon for one test. `login` is what the section of its server holds besides the port. */
export async function startSite(programs: string = PROGRAMS, login = ""): Promise<Site> {
  const port = await freePort();
  const server = `[inet_http_server]\nport=127.0.0.1:${port}\n${login}`;
  return { daemon: await startDaemon(`${programs}${server}`), url: `http://127.0.0.1:${port}/` };
}

/** A browser's window with storage of its own, until the test is over. */
export async function newContext(options: BrowserContextOptions = {}): Promise<BrowserContext> {
  const context = await browser.newContext(options);
  onTestFinished(() => context.close());
  return context;
}

/** Opens an address in a window of its own. An error in the page's script, or anything its policy blocks, fails the test. */
export async function openPage(url: string, options: BrowserContextOptions = {}): Promise<Page> {
  const complaints: string[] = [];
  onTestFinished(() => expect(complaints).toEqual([]));
  const page = await (await newContext(options)).newPage();
  page.setDefaultTimeout(10_000);
  page.on("pageerror", ({ message }) => complaints.push(message));
  page.on("console", (message) => {
    if (message.text().includes("Content Security Policy")) complaints.push(message.text());
  });
  await page.goto(url);
  return page;
}

/** The row of a process. */
export function row(page: Page, name: string): Locator {
  return page.locator("tbody tr[data-key]").filter({ has: page.getByRole("link", { name, exact: true }) });
}

/** A button by all that it is called. */
export function button(page: Page, label: string): Locator {
  return page.getByRole("button", { name: label, exact: true });
}

/** Resolves once the row of a process shows that text. */
export async function shows(page: Page, name: string, text: string | RegExp): Promise<void> {
  await row(page, name).filter({ hasText: text }).waitFor();
}

/** Resolves once the page says that of the last action. */
export async function says(page: Page, text: string | RegExp): Promise<void> {
  await page.locator("#notice").filter({ hasText: text }).waitFor();
}

/** The processes that the filter lets pass. */
export function visibleNames(page: Page): Promise<string[]> {
  return page.locator("tbody tr[data-key]:visible th").allInnerTexts();
}
