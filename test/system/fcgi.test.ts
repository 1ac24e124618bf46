import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { connect, createServer, type NetConnectOpts } from "node:net";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { createRpcClient } from "../../daemon/client/rpc.ts";
import { configAround, startDaemonOn, type TestDaemon, watch } from "../helpers/daemon.ts";
import { freePort } from "../helpers/free-port.ts";
import { startRealSupervisord } from "../helpers/real-supervisord.ts";
import { scratchFolder } from "../helpers/scratch.ts";

const ACCEPT = `/usr/bin/python3 ${resolve("test/fixtures/accept.py")}`;

const program = (socket: string, options = "") =>
  `[fcgi-program:web]\ncommand=${ACCEPT}\nsocket=${socket}\nstartsecs=0\n${options}\n`;

describe("a FastCGI program", () => {
  test("accepts on its unix socket, which has the owner and mode asked for", async () => {
    const { daemon, path } = await startUnix("socket_owner=nobody\nsocket_mode=0750\nsocket_backlog=7");
    await watch(daemon.address).state("web", "RUNNING");
    expect(await ask({ path })).toMatch(/^web \d+$/);
    const { mode, uid } = statSync(path);
    expect(mode & 0o777).toBe(0o750);
    expect(uid).toBe(65534);
  });

  test("accepts on its TCP port, each connection by one of its processes", async () => {
    const port = await freePort();
    const daemon = await start(() =>
      program(`tcp://localhost:${port}`, "process_name=%(program_name)s_%(process_num)s\nnumprocs=2"),
    );
    const events = watch(daemon.address);
    await events.state("web_0", "RUNNING");
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask({ host: "127.0.0.1", port })));
    for (const answer of answers) expect(answer).toMatch(/^web_[01] \d+$/);
    await daemon.rpc.call("supervisor.stopProcess", ["web:web_0"]);
    expect(await ask({ host: "127.0.0.1", port })).toMatch(/^web_1 /);
  });

  test("keeps its socket through a restart: who connects in between is served by the next run", async () => {
    const { daemon, path } = await startUnix("autorestart=true");
    const before = (await watch(daemon.address).state("web", "RUNNING")).pid ?? 0;
    process.kill(before, "SIGSTOP");
    // Until it has stopped it may still accept, and the connection would end with it.
    await expect.poll(() => readFileSync(`/proc/${before}/stat`, "utf8")).toMatch(/\) T /);
    const answer = ask({ path });
    process.kill(before, "SIGKILL");
    expect(Number((await answer).split(" ")[1])).not.toBe(before);
    expect(daemon.output().match(/Creating socket/g)).toHaveLength(1);
  });

  test("has its socket closed when the last process stops, and opened again with the next", async () => {
    const { daemon, path } = await startUnix("");
    await watch(daemon.address).state("web", "RUNNING");
    await daemon.rpc.call("supervisor.stopProcess", ["web"]);
    expect(existsSync(path)).toBe(false);
    expect(daemon.output()).toContain(`INFO Closing socket unix://${path}`);
    await daemon.rpc.call("supervisor.startProcess", ["web"]);
    expect(await ask({ path })).toMatch(/^web \d+$/);
  });

  test("whose port is taken says so, and goes on trying", async () => {
    const port = await freePort();
    const squatter = createServer().listen(port, "127.0.0.1");
    await new Promise((done) => squatter.once("listening", done));
    const daemon = await start(() => program(`tcp://127.0.0.1:${port}`));
    const events = watch(daemon.address);
    const failed = await events.state("web", "BACKOFF");
    expect(failed.spawnError).toBe(`Could not create FastCGI socket tcp://127.0.0.1:${port}: EADDRINUSE`);
    await new Promise((done) => squatter.close(done));
    await events.state("web", "RUNNING");
    expect(await ask({ host: "127.0.0.1", port })).toMatch(/^web /);
  });

  test("does not delete a file that stands where its socket is to be", async () => {
    const daemon = await start((folder) => {
      writeFileSync(join(folder, "precious"), "kept");
      return program(`unix://${folder}/precious`, "startretries=0");
    });
    const failed = await watch(daemon.address).state("web", "FATAL");
    expect(failed.spawnError).toMatch(/precious is there and is no socket$/);
    expect(existsSync(join(daemon.folder, "precious"))).toBe(true);
  });

  test("cannot be written to over stdin, as with the real supervisord", async () => {
    const [ours, theirs] = [scratchFolder(), scratchFolder()];
    const fault = async (folder: string) => {
      const rpc = createRpcClient({ kind: "unix", path: join(folder, "s.sock") });
      await rpc.call("supervisor.getState", []);
      await expect
        .poll(async () => (await rpc.getProcessInfo("web")).statename, { timeout: 10_000 })
        .toBe("RUNNING");
      return rpc.call("supervisor.sendProcessStdin", ["web", "x"]).catch(String);
    };
    await startDaemonOn(ours, configure(ours, program(`unix://${ours}/f.sock`)));
    await startRealSupervisord(theirs, configure(theirs, program(`unix://${theirs}/f.sock`)));
    expect(await fault(ours)).toBe(await fault(theirs));
  });

  test("takes its socket along when the daemon ends", async () => {
    const { daemon, path } = await startUnix("");
    await watch(daemon.address).state("web", "RUNNING");
    await daemon.rpc.call("supervisor.shutdown", []);
    expect(await daemon.ended).toBe(0);
    expect(existsSync(path)).toBe(false);
  });
});

function configure(folder: string, programs: string): string {
  const file = join(folder, "supervisord.conf");
  writeFileSync(file, configAround(folder, programs));
  return file;
}

function start(programs: (folder: string) => string): Promise<TestDaemon> {
  const folder = scratchFolder();
  return startDaemonOn(folder, configure(folder, programs(folder)));
}

async function startUnix(options: string): Promise<{ daemon: TestDaemon; path: string }> {
  const daemon = await start((folder) => program(`unix://${folder}/f.sock`, options));
  return { daemon, path: join(daemon.folder, "f.sock") };
}

/** What the program answers. */
function ask(where: NetConnectOpts): Promise<string> {
  return new Promise((done, failed) => {
    let text = "";
    const socket = connect(where);
    socket.on("connect", () => socket.write("who"));
    socket.on("data", (data) => {
      text += data.toString();
    });
    socket.on("close", () => done(text));
    socket.on("error", failed);
  });
}
