import { describe, expect, onTestFinished, test } from "vitest";
import { launchBrowser } from "./harness/browser.ts";
import { NOTHING, serveForeignPage } from "./harness/foreign-page.ts";
import { button, newContext, openPage, PROGRAMS, says, shows, startSite } from "./harness/web-site.ts";

const LOGIN = "username=me\npassword=secret\n";

describe("what others write", () => {
  test("is text: names, errors and logs run nothing", async () => {
    const name = `<b>x"onclick="hacked=1"'&amp;`;
    const { url } = await startSite(`[program:${name}]
command=/bin/sh -c 'echo "</pre><script>hacked=1</script><img src=x onerror=hacked=1>"; exec sleep 1000'
startsecs=0
`);
    const page = await openPage(url);
    const link = page.getByRole("link", { name, exact: true });
    expect(await link.textContent()).toBe(name);
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
  test("is asked for, and without it nothing is shown", async () => {
    const { url } = await startSite(PROGRAMS, LOGIN);
    for (const guess of [{}, { httpCredentials: { username: "me", password: "wrong" } }]) {
      const page = await (await newContext(guess)).newPage();
      const answer = page.waitForResponse(url);
      // With nobody to ask, a browser takes the refusal for an error of the network.
      await Promise.allSettled([page.goto(url)]);
      expect((await answer).status()).toBe(401);
    }
  });

  test("opens page, stream and buttons alike, also one that stands in the address", async () => {
    const { url } = await startSite(PROGRAMS, LOGIN);
    const credentials = { httpCredentials: { username: "me", password: "secret" } };
    const pages = [await openPage(url, credentials), await openPage(url.replace("//", "//me:secret@"))];
    for (const page of pages) {
      await button(page, "Stop web").click();
      await says(page, "Process web stopped");
      await shows(page, "web", "stopped");
      await button(page, "Start web").click();
      await shows(page, "web", "running");
    }
  });
});

const KNOWN = { httpCredentials: { username: "me", password: "secret" } };

describe.each([
  ["without a password", "", {}],
  ["with a password that the browser knows", LOGIN, KNOWN],
])("%s", (_, login, credentials) => {
  test.each(["127.0.0.1", "localhost"])("a foreign page at %s can neither act nor read", async (host) => {
    const { daemon, url } = await startSite(PROGRAMS, login);
    await shows(await openPage(url, credentials), "broken", "fatal");
    const before = (await daemon.rpc.getAllProcessInfo()).map(({ pid }) => pid);
    const foreign = await serveForeignPage(host, url);
    const context = await newContext(credentials);
    const page = await context.newPage();
    // The browser has been there, and sends what it was told then.
    await page.goto(url);
    await page.goto(foreign);
    await expect.poll(() => page.evaluate(() => Reflect.get(window, "tried"))).toEqual(NOTHING);
    expect(await page.frameLocator("iframe").getByRole("table").count()).toBe(0);
    await page.click("text=Post a form");
    await page.getByText("requests from other web sites are refused").waitFor();
    await page.goto(foreign);
    await page.click("text=Follow a link");
    await page.getByText("Links do not act here").waitFor();
    expect((await daemon.rpc.getAllProcessInfo()).map(({ pid }) => pid)).toEqual(before);
  });

  test("a name that was rebound to the daemon's address gets nothing, not even the question for a password", async () => {
    const { daemon, url } = await startSite(PROGRAMS, login);
    const rebound = await launchBrowser(["--host-resolver-rules=MAP evil.example 127.0.0.1"]);
    onTestFinished(() => rebound.close());
    const page = await (await rebound.newContext(credentials)).newPage();
    const address = url.replace("127.0.0.1", "evil.example");
    for (const path of ["", "events", "logtail/web", "mainlogtail", "tail.html?processname=web"]) {
      const answer = await page.goto(address + path);
      expect([path, answer?.status()]).toEqual([path, 403]);
      expect(await answer?.text()).toContain("this server does not answer for evil.example");
    }
    // From here on the page is of the origin that it attacks.
    const statuses = await page.evaluate(async (body) => {
      const status = async (path: string, init: RequestInit) => (await fetch(path, init)).status;
      const xml = { method: "POST", body, headers: { "Content-Type": "text/xml" } };
      const form = new URLSearchParams({ action: "stopall" });
      return [await status("/RPC2", xml), await status("/index.html", { method: "POST", body: form })];
    }, "<methodCall><methodName>supervisor.stopAllProcesses</methodName></methodCall>");
    expect(statuses).toEqual([403, 403]);
    expect((await daemon.rpc.getProcessInfo("web")).statename).toBe("RUNNING");
  });
});
