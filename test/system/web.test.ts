import { readFileSync, writeFileSync } from "node:fs";
import { type IncomingHttpHeaders, request } from "node:http";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { configAround, startDaemon, type TestDaemon } from "../helpers/daemon.ts";
import { freePort } from "../helpers/free-port.ts";
import { startRealSupervisord } from "../helpers/real-supervisord.ts";
import { scratchFolder } from "../helpers/scratch.ts";

const PROGRAMS = `[program:web]
command=/bin/sh -c 'echo "to stdout"; echo "to stderr" >&2; exec sleep 1000'
startsecs=0
[program:idle]
command=/bin/sleep 1000
autostart=false
startsecs=0
[program:missing]
command=/nowhere/to/be/found
autostart=false
`;
const FORM = { accept: "text/html,*/*" };

type Answer = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: string };
type Site = { readonly daemon: TestDaemon; readonly port: number };

async function startSite(login = "", programs = PROGRAMS): Promise<Site> {
  const port = await freePort();
  return {
    port,
    daemon: await startDaemon(`${programs}[inet_http_server]\nport=127.0.0.1:${port}\n${login}`),
  };
}

function ask(
  port: number,
  path: string,
  headers: Record<string, string> = {},
  form?: Record<string, string>,
): Promise<Answer> {
  const method = form === undefined ? "GET" : "POST";
  return new Promise((done, failed) => {
    const sent = request({ host: "127.0.0.1", port, path, method, headers }, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (part: string) => {
        body += part;
      });
      response.on("end", () => done({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    sent.on("error", failed);
    sent.end(form === undefined ? undefined : new URLSearchParams(form).toString());
  });
}

async function tokenOf(port: number): Promise<string> {
  const { body } = await ask(port, "/");
  return /name="token" value="(?<token>[\w-]+)"/.exec(body)?.groups?.token ?? "";
}

/** Presses a button of the page as a form without script does, and reads the message on the page that it leads to. */
async function press(port: number, path: string, action: string): Promise<string> {
  const answer = await ask(port, path, FORM, { token: await tokenOf(port), action });
  expect(answer.status).toBe(303);
  const page = await ask(port, `/${answer.headers.location}`);
  return /id="notice"[^>]*>(?<message>[^<]*)</.exec(page.body)?.groups?.message ?? "";
}

const stateOf = async ({ daemon }: Site, name: string) => (await daemon.rpc.getProcessInfo(name)).statename;

describe("the page", () => {
  test("shows what runs, under both of its addresses, whole and in less than 40 KB", async () => {
    const { port } = await startSite();
    for (const path of ["/", "/index.html"]) {
      const { status, headers, body } = await ask(port, path);
      expect(status).toBe(200);
      expect(headers["content-type"]).toBe("text/html;charset=utf-8");
      expect(body).toContain("<title>Supervisor Status</title>");
      expect(body).toMatch(/data-key="web%3Aweb".*?>running<.*?pid \d+, uptime 0:00:0/s);
      expect(body.length).toBeLessThan(40_000);
      expect(body).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
    }
  });

  test("lets in its own script and style alone, by a nonce that is new each time", async () => {
    const { port } = await startSite();
    const answers = [await ask(port, "/"), await ask(port, "/tail.html?processname=web")];
    const nonces = answers.map(({ headers, body }) => {
      const policy = String(headers["content-security-policy"]);
      const nonce = /script-src 'nonce-(?<nonce>[^']+)'/.exec(policy)?.groups?.nonce ?? "";
      expect(policy).not.toContain("unsafe");
      expect(body.match(/<(?:script|style)[^>]*>/g)).toEqual([
        `<style nonce="${nonce}">`,
        `<script nonce="${nonce}">`,
      ]);
      expect(headers["x-frame-options"]).toBe("DENY");
      expect(headers["x-content-type-options"]).toBe("nosniff");
      expect(headers["referrer-policy"]).toBe("same-origin");
      return nonce;
    });
    expect(new Set(nonces).size).toBe(2);
  });

  test("asks for user and password as everything else does", async () => {
    const { port } = await startSite("username=me\npassword=secret\n");
    const login = { authorization: `Basic ${Buffer.from("me:secret").toString("base64")}` };
    for (const path of ["/", "/index.html", "/tail.html?processname=web", "/ok.html"]) {
      const { status, headers, body } = await ask(port, path);
      expect([status, headers["www-authenticate"]]).toEqual([401, 'Basic realm="default"']);
      expect(body).toBe("user or password is wrong\n");
      expect((await ask(port, path, login)).status).toBe(200);
    }
    expect((await ask(port, "/", {}, { action: "stopall" })).status).toBe(401);
  });

  test("tells a monitor that it is there", async () => {
    const { port } = await startSite();
    expect(await ask(port, "/ok.html")).toMatchObject({ status: 200, body: "OK\n" });
  });
});

/** The log of `web`, once all that it ever writes is in it. */
async function writtenLog({ daemon }: Site): Promise<string> {
  const path = (await daemon.rpc.getProcessInfo("web")).stdout_logfile;
  await expect.poll(() => readFileSync(path, "utf8")).toBe("to stdout\n");
  return path;
}

describe("the page of a log", () => {
  test("shows the end of stdout or stderr", async () => {
    const site = await startSite();
    const path = await writtenLog(site);
    writeFileSync(path, `${"x".repeat(5000)}\nthe \u001b[31mend\u001b[0m <b>\n`);
    const read = async (query: string) =>
      /<pre[^>]*>(?<text>[^<]*)</.exec((await ask(site.port, `/tail.html?${query}`)).body)?.groups?.text ??
      "";
    expect(await read("processname=web")).toMatch(/^x{1000,1024}\nthe end &#60;b&#62;\n$/);
    expect((await read("processname=web:web&limit=4000")).length).toBeGreaterThan(3900);
    expect(await read("processname=web&limit=nonsense")).toHaveLength((await read("processname=web")).length);
    await expect.poll(() => read("processname=web&channel=stderr")).toBe("to stderr\n");
  });

  test("of a process that is not known is not found, and says so", async () => {
    const { port } = await startSite();
    const { status, body } = await ask(port, "/tail.html?processname=%3Cb%3E");
    expect(status).toBe(404);
    expect(body).toContain("No such process named &#60;b&#62;");
    expect((await ask(port, "/tail.html")).body).toContain("No process name found");
  });

  test("without a file says so", async () => {
    const { port } = await startSite("", "[program:quiet]\ncommand=/bin/sleep 9\nstdout_logfile=NONE\n");
    expect((await ask(port, "/tail.html?processname=quiet")).body).toContain("No file for quiet");
  });
});

describe("without script", () => {
  test("a button acts, and leads back to the page it is on, filter and all", async () => {
    const site = await startSite();
    const { port } = site;
    const fields = { token: await tokenOf(port), action: "stop", words: "web", state: "", group: "" };
    const { status, headers } = await ask(port, "/index.html?processname=web", FORM, fields);
    expect(status).toBe(303);
    expect(headers.location).toMatch(/^index\.html\?words=web&message=Process\+web\+stopped&/);
    expect(await stateOf(site, "web")).toBe("STOPPED");
    const tail = await ask(port, "/tail.html?processname=web&limit=2048", FORM, {
      ...fields,
      action: "start",
    });
    expect(tail.headers.location).toMatch(/^tail\.html\?processname=web&limit=2048&message=/);
    expect(await stateOf(site, "web")).toBe("RUNNING");
  });

  test("the messages are those of Supervisor's page", async () => {
    const { port } = await startSite();
    const real = await startRealPage();
    const steps: readonly (readonly [name: string, action: string])[] = [
      ["web", "start"],
      ["web", "restart"],
      ["web", "stop"],
      ["web", "start"],
      ["idle", "restart"],
      ["missing", "start"],
      ["web", "clearlog"],
      ["nobody", "start"],
      ["", "stopall"],
      ["", "restartall"],
    ];
    for (const [name, action] of steps) {
      const query = name === "" ? "" : `?processname=${name}`;
      const theirs = await ask(real, `/index.html?action=${action}&processname=${name}`);
      const message = new URL(String(theirs.headers.location)).searchParams.get("message") ?? "";
      const ours = await press(port, `/index.html${query}`, action);
      // What of all cannot be started, Supervisor's page does not say.
      expect(withoutTime(ours).replace(/, except .*/, "")).toBe(withoutTime(message));
    }
  });

  test("what did not succeed is named", async () => {
    const { port } = await startSite();
    expect(withoutTime(await press(port, "/", "startall"))).toBe(
      "All started at TIME, except missing (no such file)",
    );
    expect(await press(port, "/index.html?processname=web", "dance")).toBe("ERROR: there is no action dance");
    const refused = await ask(
      port,
      "/index.html?processname=nobody",
      {},
      {
        token: await tokenOf(port),
        action: "stop",
      },
    );
    expect(refused).toMatchObject({ status: 404, body: "No such process named nobody\n" });
  });

  test("a group is acted on as a whole", async () => {
    const site = await startSite(
      "",
      "[program:jobs]\ncommand=/bin/sleep 1000\nstartsecs=0\nnumprocs=2\nprocess_name=%(process_num)d\n",
    );
    expect(await press(site.port, "/index.html?processname=jobs:*", "stop")).toBe("Group jobs stopped");
    expect(await stateOf(site, "jobs:1")).toBe("STOPPED");
    expect(await press(site.port, "/index.html?processname=jobs:*", "restart")).toBe("Group jobs restarted");
    expect(await stateOf(site, "jobs:0")).toBe("RUNNING");
  });

  test("clearing empties the logs", async () => {
    const site = await startSite();
    const path = await writtenLog(site);
    await press(site.port, "/index.html?processname=web", "clearlog");
    expect(readFileSync(path, "utf8")).toBe("");
  });
});

describe("nothing acts", () => {
  test("by an address, which shows the page and says why", async () => {
    const site = await startSite();
    const { pid } = await site.daemon.rpc.getProcessInfo("web");
    for (const query of ["action=stop&processname=web", "action=stopall", "action=restartall"]) {
      const { status, body } = await ask(site.port, `/index.html?${query}`);
      expect(status).toBe(200);
      expect(body).toContain("Links do not act here");
    }
    expect((await ask(site.port, "/?action=refresh")).body).toContain("Page refreshed at ");
    expect(await site.daemon.rpc.getProcessInfo("web")).toMatchObject({ pid, statename: "RUNNING" });
  });

  test("without the token of this very daemon", async () => {
    const site = await startSite();
    const other = await startSite();
    for (const token of [undefined, "", "x", await tokenOf(other.port)]) {
      const fields = { action: "stopall", ...(token === undefined ? {} : { token }) };
      expect((await ask(site.port, "/", FORM, fields)).status).toBe(403);
    }
    expect(await stateOf(site, "web")).toBe("RUNNING");
  });

  test("for another site, even with the token", async () => {
    const site = await startSite();
    const token = await tokenOf(site.port);
    for (const headers of [{ origin: "http://evil.example" }, { "sec-fetch-site": "cross-site" }]) {
      expect((await ask(site.port, "/", { ...FORM, ...headers }, { token, action: "stopall" })).status).toBe(
        403,
      );
    }
    expect(await stateOf(site, "web")).toBe("RUNNING");
  });

  test("on a form of any length", async () => {
    const { port } = await startSite();
    const long = { token: await tokenOf(port), action: "x".repeat(100_000) };
    expect((await ask(port, "/", FORM, long).catch(() => ({ status: 413 }))).status).toBe(413);
    expect((await ask(port, "/ok.html")).status).toBe(200);
  });
});

test("an address cannot make the page say what it did not say itself", async () => {
  const { port } = await startSite();
  const said = "message=All+is+lost&kind=done";
  for (const query of [said, `${said}&signature=`, `${said}&signature=${"A".repeat(43)}`])
    expect((await ask(port, `/?${query}`)).body).not.toContain("All is lost");
});

/** A real supervisord's page; its port. */
async function startRealPage(): Promise<number> {
  const folder = scratchFolder();
  const port = await freePort();
  const configFile = join(folder, "supervisord.conf");
  writeFileSync(configFile, configAround(folder, `${PROGRAMS}[inet_http_server]\nport=127.0.0.1:${port}\n`));
  await startRealSupervisord(folder, configFile);
  return port;
}

function withoutTime(message: string): string {
  return message.replace(/at \w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d \d{4}/, "at TIME");
}
