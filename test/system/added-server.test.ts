import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { ProcessSnapshot } from "../../daemon/protocol/event-stream.ts";
import { processesOf } from "../../extension/model/acts.ts";
import { AddedServer } from "../../extension/servers/added-server.ts";
import { perform } from "../../extension/servers/perform.ts";
import { freePort } from "../helpers/free-port.ts";
import { startRealSupervisord } from "../helpers/real-supervisord.ts";

const LOGIN = { username: "me", password: "secret" };

test("Debian's supervisord is watched and steered over its unix socket, with a password", async () => {
  const folder = await realSupervisord((path) => `[unix_http_server]\nfile=${path}/s.sock\n`);
  await expectWatched(`unix://${folder}/s.sock`);
});

test("and over http", async () => {
  const port = await freePort();
  await realSupervisord(() => `[inet_http_server]\nport=127.0.0.1:${port}\n`);
  await expectWatched(`http://127.0.0.1:${port}`);
});

async function expectWatched(url: string): Promise<void> {
  let wake = () => {};
  const server = new AddedServer(
    { key: "real", url },
    { credentials: async () => LOGIN, onChange: () => wake() },
  );
  onTestFinished(() => server.dispose());
  const until = async (isSo: (web: ProcessSnapshot | undefined) => boolean) => {
    while (!isSo(web())) await new Promise<void>((resolve) => (wake = resolve));
  };
  const web = () =>
    processesOf([server.view], { kind: "process", server: "real", group: "web", name: "web" })[0];
  server.setWatched(true);
  await server.look();
  await until((process) => process?.state === "RUNNING");
  expect(web()).toMatchObject({ command: "sleep 100008", priority: 7 });
  const { client } = server;
  if (client === null) throw new Error("it is not connected");
  await perform(client, "stop", { kind: "server", server: "real" });
  server.refresh();
  await until((process) => process?.state === "STOPPED");
  expect((await client.getAllConfigInfo())[0]?.directory).toBe("/tmp");
}

/** Runs Debian's supervisord with one program and this server behind a password until the test is over; its folder. */
async function realSupervisord(section: (folder: string) => string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "as-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const config = join(folder, "s.conf");
  writeFileSync(
    config,
    [
      `[supervisord]\nlogfile=${folder}/d.log\npidfile=${folder}/d.pid\nchildlogdir=${folder}`,
      `${section(folder)}username=me\npassword=secret`,
      "[rpcinterface:supervisor]\nsupervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface",
      "[program:web]\ncommand=sleep 100008\ndirectory=/tmp\npriority=7\nstartsecs=0",
    ].join("\n\n"),
  );
  await startRealSupervisord(folder, config);
  return folder;
}
