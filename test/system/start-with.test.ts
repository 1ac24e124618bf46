import { expect, test } from "vitest";
import { createRpcClient } from "../../daemon/client/rpc.ts";
import { runtimeFolder } from "../../daemon/client/runtime-folder.ts";
import { FAULT_CODES } from "../../daemon/protocol/faults.ts";
import { startDaemon, type TestDaemon, testEnvironment, watch } from "../helpers/daemon.ts";
import { freePort } from "../helpers/free-port.ts";

const SHOWS = `[program:shows]
command=/bin/sh -c 'echo "$MODE|$OWN|$LENT"; exec sleep 1000'
environment=OWN="own",MODE="plain"
startsecs=0
autostart=false
stdout_logfile=%(here)s/shows.log
`;

/** Calls through the socket that only the daemon's user reaches. */
const privately = ({ folder, configFile }: TestDaemon) =>
  createRpcClient({
    kind: "unix",
    path: runtimeFolder(configFile, testEnvironment(folder)).controlSocket,
  });

test("a start with variables lends them to that one run, and no run after it", async () => {
  const daemon = await startDaemon(SHOWS);
  const events = watch(daemon.address, { logs: ["stdout"], history: 1000 });
  const rpc = privately(daemon);
  await rpc.startProcessWith("shows", { MODE: "%(ENV_MODE)s --inspect", LENT: "%(ENV_NOBODY)s lent" });
  await expect.poll(() => events.text("shows")).toBe("plain --inspect|own|lent\n");
  await rpc.stopProcess("shows");
  await rpc.startProcess("shows");
  await expect.poll(() => events.text("shows")).toBe("plain --inspect|own|lent\nplain|own|\n");
});

test("a program that dies is started again without what was lent to it", async () => {
  const daemon = await startDaemon(SHOWS.replace("startsecs=0", "startsecs=0\nautorestart=true"));
  const events = watch(daemon.address, { logs: ["stdout"], history: 1000 });
  await privately(daemon).startProcessWith("shows", { LENT: "lent" });
  await expect.poll(() => events.text("shows")).toBe("plain|own|lent\n");
  process.kill((await daemon.rpc.getProcessInfo("shows")).pid, "SIGKILL");
  await expect.poll(() => events.text("shows")).toBe("plain|own|lent\nplain|own|\n");
});

test("the daemon's log names what was lent, without its value", async () => {
  const daemon = await startDaemon(SHOWS);
  await privately(daemon).startProcessWith("shows", { LENT: "s3cret" });
  expect(daemon.output()).toContain("starting shows for one run with LENT lent to it");
  expect(daemon.output()).not.toContain("s3cret");
});

test("servers that others may reach refuse it, whether they are read-only or not", async () => {
  const port = await freePort();
  const daemon = await startDaemon(`${SHOWS}\n[inet_http_server]\nport=127.0.0.1:${port}\nreadonly=true\n`);
  const reading = createRpcClient({ kind: "http", url: `http://127.0.0.1:${port}` });
  const refused = (words: string) =>
    expect.objectContaining({ code: FAULT_CODES.FAILED, text: expect.stringContaining(words) });
  await expect(daemon.rpc.startProcessWith("shows", { LENT: "x" })).rejects.toEqual(
    refused("only for the daemon's own control socket"),
  );
  await expect(reading.startProcessWith("shows", { LENT: "x" })).rejects.toEqual(refused("readonly=true"));
  expect((await daemon.rpc.getProcessInfo("shows")).statename).toBe("STOPPED");
});

test.each<[string, string, Record<string, string>, string]>([
  ["a program that runs", "shows", { A: "x" }, "ALREADY_STARTED: shows"],
  ["a program that is not there", "nobody", { A: "x" }, "BAD_NAME: nobody"],
  ["what is no name", "shows", { "A B": "x" }, 'BAD_ARGUMENTS: "A B" is no name of a variable'],
  [
    "what the daemon sets",
    "shows",
    { SUPERVISORD_RUN: "x" },
    "BAD_ARGUMENTS: SUPERVISORD_RUN is set by the daemon itself",
  ],
])("%s is refused in words", async (_what, name, variables, text) => {
  const daemon = await startDaemon(SHOWS.replace("autostart=false", ""));
  const rpc = privately(daemon);
  await expect.poll(async () => (await rpc.getProcessInfo("shows")).statename).toBe("RUNNING");
  await expect(rpc.startProcessWith(name, variables)).rejects.toMatchObject({ text });
});
