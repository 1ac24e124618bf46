import { chmodSync, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createRpcClient } from "../../daemon/client/rpc.ts";
import { configAround, SUPERVISORD, startDaemonOn, type TestDaemon, watch } from "../helpers/daemon.ts";
import { freePort } from "../helpers/free-port.ts";
import { run } from "../helpers/run.ts";
import { scratchFolder } from "../helpers/scratch.ts";

const SLEEPER = "[program:web]\ncommand=/bin/sleep 1000\nstartsecs=0\n";

async function startOn(config: (folder: string) => string, ...args: string[]): Promise<TestDaemon> {
  const folder = scratchFolder();
  const file = join(folder, "supervisord.conf");
  writeFileSync(file, config(folder));
  return startDaemonOn(folder, file, args);
}

describe("the runtime folder", () => {
  const roots = (folder: string) => readdirSync(folder).filter((name) => name.startsWith("supervisord-"));

  test("and the sockets are the user's alone, also where the folder was there with other bits", async () => {
    const folder = scratchFolder();
    const root = join(folder, `supervisord-${process.getuid?.()}`);
    mkdirSync(root, { mode: 0o755 });
    const file = join(folder, "supervisord.conf");
    writeFileSync(file, configAround(folder, SLEEPER));
    await startDaemonOn(folder, file);
    expect(roots(folder)).toHaveLength(1);
    const [hash = ""] = readdirSync(root);
    const paths = [root, join(root, hash), join(root, hash, "control.sock"), join(folder, "s.sock")];
    expect(paths.map((path) => statSync(path).mode & 0o777)).toEqual([0o700, 0o700, 0o700, 0o700]);
  });

  test("that others could write to is refused, with a sentence", async () => {
    const folder = scratchFolder();
    const root = join(folder, `supervisord-${process.getuid?.()}`);
    mkdirSync(root);
    chmodSync(root, 0o770);
    const file = join(folder, "supervisord.conf");
    writeFileSync(file, configAround(folder, SLEEPER));
    await expect(startDaemonOn(folder, file)).rejects.toThrow(
      `others may write to ${root} (mode 770): look at what is in it, then chmod 700 it`,
    );
  });
});

test("--allow-open-tcp opens a TCP port beyond this machine without a password", async () => {
  const port = await freePort();
  const config = (folder: string) => `${configAround(folder, SLEEPER)}\n[inet_http_server]\nport=*:${port}\n`;
  await startOn(config, "--allow-open-tcp");
  expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200);
});

describe("readonly=true", () => {
  test("answers what is and was, and refuses every act, over RPC and on the page, also to who knows the password", async () => {
    const port = await freePort();
    const server = `[inet_http_server]\nport=127.0.0.1:${port}\nusername=me\npassword=secret\nreadonly=true\n`;
    const daemon = await startOn((folder) => `${configAround(folder, SLEEPER)}\n${server}`);
    const url = `http://127.0.0.1:${port}`;
    const rpc = createRpcClient({ kind: "http", url, username: "me", password: "secret" });
    expect(await rpc.getProcessInfo("web")).toMatchObject({ statename: "RUNNING" });
    expect(await rpc.call("supervisor.tailProcessStdoutLog", ["web", 0, 10])).toEqual(["", 0, false]);
    const methods = (await rpc.call("system.listMethods", [])) as string[];
    const answers = ["get", "read", "tail"];
    const acting = methods.filter((name) => !answers.some((verb) => name.startsWith(`supervisor.${verb}`)));
    const wanted = [...acting, "supervisor.getAllConfigInfo"].filter((name) => !name.startsWith("system."));
    expect(wanted.length).toBeGreaterThan(15);
    for (const name of wanted) {
      const required = (await rpc.call("system.methodSignature", [name])) as string[];
      const args = required
        .slice(1)
        .map((type) => (type === "int" ? 15 : type === "boolean" ? false : "web"));
      const call = { methodName: name, params: args };
      const refusal = `FAILED: this server only tells states and logs (readonly=true); ${name.slice(11)} is not for it`;
      await expect(rpc.call(name, args)).rejects.toMatchObject({ code: 30, text: refusal });
      expect(await rpc.call("system.multicall", [[call]])).toEqual([{ faultCode: 30, faultString: refusal }]);
    }
    const headers = { authorization: `Basic ${Buffer.from("me:secret").toString("base64")}` };
    const page = await (await fetch(`${url}/`, { headers })).text();
    expect(page).toContain('<body class="status readonly"');
    const token = /name="token" value="([^"]+)"/.exec(page)?.[1] ?? "";
    const body = new URLSearchParams({ token, action: "stopall" });
    expect((await fetch(`${url}/index.html`, { method: "POST", headers, body })).status).toBe(403);
    expect((await daemon.rpc.getProcessInfo("web")).statename).toBe("RUNNING");
  });
});

test("allowed_hosts are names that browsers may call the server by", async () => {
  const port = await freePort();
  const server = `[inet_http_server]\nport=127.0.0.1:${port}\nallowed_hosts=devbox.example Other.example\n`;
  await startOn((folder) => `${configAround(folder, SLEEPER)}\n${server}`);
  const status = (host: string) =>
    new Promise<number | undefined>((done, failed) => {
      const headers = { host: `${host}:${port}`, "accept-language": "en" };
      const sent = request({ host: "127.0.0.1", port, headers, agent: false }, (response) => {
        response.resume().on("end", () => done(response.statusCode));
      });
      sent.on("error", failed).end();
    });
  expect(await status("devbox.example")).toBe(200);
  expect(await status("other.example")).toBe(200);
  expect(await status("another.example")).toBe(403);
});

test("secrets in a command are in no view of it, and the program has them", async () => {
  const program = `[program:web]\ncommand=/bin/sh -c 'echo "$0 $1"; exec sleep 1000' --db-password hunter2 http://me:hunter2@db/\nstartsecs=0\n`;
  const daemon = await startOn((folder) => configAround(folder, program));
  const events = watch(daemon.address, { logs: ["stdout"], history: 1000 });
  const { processes } = await events.next("snapshot");
  expect(processes[0]?.command).toContain("--db-password *** http://me:***@db/");
  await events.next("log", ({ text }) => text.includes("hunter2"));
});

test("a configuration that was searched for is named", async () => {
  const folder = scratchFolder();
  writeFileSync(join(folder, "supervisord.conf"), "[supervisord]\n[program:web]\ncommand=/bin/cat\n");
  const { stderr } = await run(process.execPath, [SUPERVISORD, "--check"], { cwd: folder });
  expect(stderr).toContain(`Using the configuration ${join(folder, "supervisord.conf")}\n`);
  const named = await run(process.execPath, [SUPERVISORD, "--check", "-c", "supervisord.conf"], {
    cwd: folder,
  });
  expect(named.stderr).toBe("");
});

test("a configuration that was agreed to is not started once one of its includes is another, or one more", async () => {
  const folder = scratchFolder();
  mkdirSync(join(folder, "inc"));
  const file = join(folder, "supervisord.conf");
  const include = join(folder, "inc/a.conf");
  writeFileSync(file, configAround(folder, "[include]\nfiles=inc/*.conf\n"));
  writeFileSync(include, "[program:a]\ncommand=/bin/cat\n");
  const plan = async () => {
    const { stdout } = await run(process.execPath, [SUPERVISORD, "--plan", "-c", file], { cwd: folder });
    return JSON.parse(stdout).digest as string;
  };
  const start = (digest: string) =>
    run(process.execPath, [SUPERVISORD, "-n", "-c", file, "--expect-digest", digest], { cwd: folder });
  const agreed = await plan();
  const changes: (() => void)[] = [
    () => writeFileSync(include, "[program:a]\ncommand=/bin/cat\nenvironment=A=1\n"),
    () => writeFileSync(join(folder, "inc/b.conf"), "[program:b]\ncommand=/bin/cat\n"),
  ];
  for (const change of changes) {
    change();
    expect(await plan()).not.toBe(agreed);
    expect(await start(agreed)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("has changed since it was agreed to"),
    });
  }
});
