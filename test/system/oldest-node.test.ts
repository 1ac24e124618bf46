import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { configAround } from "../helpers/daemon.ts";
import { run } from "../helpers/run.ts";
import { scratchFolder } from "../helpers/scratch.ts";

const node = resolve("test/oldest-node/node_modules/.bin/node");

beforeAll(async () => {
  const { engines } = JSON.parse(readFileSync("package.json", "utf8")) as { engines: { node: string } };
  const { stdout } = await run(node, ["-p", "process.version"]);
  // The floor that the package states is the one that is tried here.
  expect(stdout.trim().startsWith(`v${engines.node.replace(">=", "")}`)).toBe(true);
});

describe("on the oldest Node that the package promises to run on", () => {
  test("supervisord goes to the background, supervisorctl controls it, and both warn of nothing", async () => {
    const folder = scratchFolder();
    const file = join(folder, "supervisord.conf");
    writeFileSync(file, configAround(folder, "[program:web]\ncommand=/bin/sleep 1000\nstartsecs=0\n"));
    const env = { ...process.env, XDG_RUNTIME_DIR: folder };
    const bundle = (name: string, ...args: string[]) =>
      run(node, ["--trace-warnings", `dist/daemon/${name}.cjs`, "-c", file, ...args], { env });
    expect(await bundle("supervisord")).toEqual({ status: 0, stdout: "", stderr: "" });
    const status = await bundle("supervisorctl", "status");
    const shutdown = await bundle("supervisorctl", "shutdown");
    expect(status).toMatchObject({
      status: 0,
      stderr: "",
      stdout: expect.stringMatching(/^web +RUNNING +pid \d+/),
    });
    expect(shutdown).toEqual({ status: 0, stdout: "Shut down\n", stderr: "" });
    // It answers first, and ends then.
    await expect.poll(() => existsSync(join(folder, "supervisord.pid"))).toBe(false);
  });

  test("the language server answers", async () => {
    const script = `
      const server = require("child_process").spawn(process.execPath, ["dist/language-server/server.cjs", "--stdio"]);
      const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "initialize", params: { processId: null, rootUri: null, capabilities: {} } });
      server.stdin.write("Content-Length: " + body.length + "\\r\\n\\r\\n" + body);
      server.stderr.pipe(process.stderr);
      let answer = "";
      server.stdout.on("data", (data) => { answer += data; if (answer.includes("hoverProvider")) server.kill(); });
      server.on("close", () => process.stdout.write(answer));
    `;
    const { stdout, stderr } = await run(node, ["-e", script]);
    expect(stdout).toContain('"hoverProvider":true');
    expect(stderr).toBe("");
  });

  test("an older Node is told of, whatever is started", async () => {
    const older = join(scratchFolder(), "older.cjs");
    const versions = `{ value: { ...process.versions, node: "20.19.4" } }`;
    writeFileSync(older, `Object.defineProperty(process, "versions", ${versions});`);
    for (const name of ["daemon/supervisord", "daemon/supervisorctl", "language-server/server"]) {
      const { status, stdout, stderr } = await run(node, ["--require", older, `dist/${name}.cjs`]);
      expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
      expect(stderr).toMatch(/^Error: this needs Node 22\.22 or newer, and \/.* is 20\.19\.4\.\n$/);
    }
  });

  test("every bundle is of a syntax that it reads", async () => {
    for (const name of ["extension/main", "language-server/server", "daemon/echo_supervisord_conf"]) {
      expect(await run(node, ["--check", `dist/${name}.cjs`])).toEqual({ status: 0, stdout: "", stderr: "" });
    }
  });
});
