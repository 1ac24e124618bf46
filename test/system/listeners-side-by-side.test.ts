import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createRpcClient, type RpcClient } from "../../daemon/client/rpc.ts";
import { configAround, startDaemonOn } from "../helpers/daemon.ts";
import { startRealSupervisord } from "../helpers/real-supervisord.ts";
import { comparable, listenerCommand, recordedEvents, untilRecorded } from "../helpers/recorded-events.ts";
import { scratchFolder } from "../helpers/scratch.ts";

const MESSAGE = "<!--XSUPERVISOR:BEGIN-->message <!--XSUPERVISOR:END-->";

const programs = (file: string) => `
[eventlistener:all]
command=${listenerCommand("record.py", file, "PROCESS_STATE_EXITED")}
events=EVENT
buffer_size=200
startsecs=2
[eventlistener:pool]
command=${listenerCommand("record.py", `${file}.pool`)}
process_name=%(program_name)s_%(process_num)s
numprocs=2
priority=-2
startsecs=2
events=REMOTE_COMMUNICATION,PROCESS_STATE_FATAL
[program:cat]
command=/bin/cat
startsecs=2
stdout_events_enabled=true
[program:loop]
command=/bin/sleep 1000
autostart=false
startsecs=0
[program:crash]
command=/bin/sh -c 'sleep 0.3; exit 3'
autostart=false
startretries=1
startsecs=10
[program:odd]
command=/bin/sh -c 'sleep 0.3; exit 3'
autostart=false
autorestart=false
startsecs=0
[program:fine]
command=/bin/sh -c 'sleep 0.3; exit 0'
autostart=false
startsecs=0
[program:ghost]
command=/no/such/command
startretries=0
[program:comm]
command=/bin/sh -c 'printf "${MESSAGE}"; printf "${MESSAGE}" >&2; exec sleep 1000'
autostart=false
startsecs=0
stdout_capture_maxbytes=1MB
stderr_capture_maxbytes=10
[program:talk]
command=/bin/sh -c 'printf "h\\303\\251llo \\360\\237\\216\\211"; sleep 0.3; printf "bad \\377"; sleep 0.3; printf err >&2; exec sleep 1000'
autostart=false
startsecs=0
stdout_events_enabled=true
stderr_events_enabled=true
[program:both]
command=/bin/sh -c 'printf "before ${MESSAGE} and after it a line that is long enough"; exec sleep 1000'
autostart=false
startsecs=0
stdout_events_enabled=true
stdout_capture_maxbytes=1MB
[program:a]
command=/bin/sleep 1000
startsecs=0
[program:b]
command=/bin/sleep 1000
startsecs=0
[group:pair]
programs=a,b
`;

type Stage = { readonly folder: string; readonly configFile: string; readonly events: string };
type Play = { readonly rpc: RpcClient; readonly seen: Seen; readonly seenByPool: Seen };
type Seen = (...wanted: Wanted) => Promise<void>;
type Wanted = readonly [name: string, text?: string, count?: number];

/** One thing at a time: each waits for the last event that it brings about. */
const HAPPENINGS: readonly ((play: Play) => Promise<unknown>)[] = [
  ({ seen }) => seen("PROCESS_STATE_RUNNING", "processname:cat"),
  ({ seen }) => seen("PROCESS_STATE_RUNNING", "groupname:pool", 2),
  call("startProcess", ["loop"], ["PROCESS_STATE_RUNNING", "processname:loop"]),
  async ({ rpc, seen }) => {
    process.kill((await rpc.getProcessInfo("loop")).pid, "SIGKILL");
    await seen("PROCESS_STATE_RUNNING", "processname:loop", 2);
  },
  call("startProcess", ["crash", false], ["PROCESS_STATE_FATAL", "processname:crash"]),
  call("startProcess", ["odd", false], ["PROCESS_STATE_EXITED", "processname:odd"]),
  call("startProcess", ["fine", false], ["PROCESS_STATE_EXITED", "processname:fine"]),
  call("startProcess", ["comm"], ["PROCESS_COMMUNICATION_STDERR", "processname:comm"]),
  call("startProcess", ["talk"], ["PROCESS_LOG_STDERR", "processname:talk"]),
  call("startProcess", ["both"], ["PROCESS_LOG_STDOUT", "and after it"]),
  call("sendProcessStdin", ["cat", "one line\n"], ["PROCESS_LOG_STDOUT", "one line"]),
  call("sendRemoteCommEvent", ["kind", "data é\nmore"], ["REMOTE_COMMUNICATION", "kind"]),
  call("sendRemoteCommEvent", ["", ""], ["REMOTE_COMMUNICATION", "", 2]),
  ({ seenByPool }) => seenByPool("REMOTE_COMMUNICATION", "", 2),
  call("stopProcess", ["comm"], ["PROCESS_STATE_STOPPED", "processname:comm"]),
  call("stopProcess", ["pair:b"], ["PROCESS_STATE_STOPPED", "processname:b"]),
  call("stopProcessGroup", ["pair"], ["PROCESS_STATE_STOPPED", "processname:a"]),
  call("removeProcessGroup", ["pair"], ["PROCESS_GROUP_REMOVED", "pair"]),
  call("addProcessGroup", ["pair"], ["PROCESS_STATE_RUNNING", "groupname:pair", 4]),
  call("shutdown", [], ["SUPERVISOR_STATE_CHANGE_STOPPING"]),
];

test("a listener to EVENT is told the same by our daemon as by the real supervisord", async () => {
  const [ours, theirs] = [prepare(), prepare()];
  await startDaemonOn(ours.folder, ours.configFile);
  await startRealSupervisord(theirs.folder, theirs.configFile);
  const [told, expected] = await Promise.all([play(ours), play(theirs)]);
  expect(told.all).toEqual(expected.all);
  expect(told.pool).toEqual(expected.pool);
  expect(told.all.length).toBeGreaterThan(50);
});

function prepare(): Stage {
  const folder = scratchFolder();
  const configFile = join(folder, "supervisord.conf");
  const events = join(folder, "events.jsonl");
  writeFileSync(configFile, configAround(folder, programs(events)));
  return { folder, configFile, events };
}

function call(
  method: string,
  args: readonly (string | boolean)[],
  wanted: Wanted,
): (play: Play) => Promise<unknown> {
  return async ({ rpc, seen }) => {
    await rpc.call(`supervisor.${method}`, [...args]);
    await seen(...wanted);
  };
}

/** What the listeners were told up to the end; what still reaches them while they are stopped is left to chance. */
async function play({ folder, events }: Stage): Promise<{ all: string[]; pool: string[] }> {
  const rpc = createRpcClient({ kind: "unix", path: join(folder, "s.sock") });
  const seen: Seen = (...wanted) => untilRecorded(events, ...wanted);
  const seenByPool: Seen = (...wanted) => untilRecorded(`${events}.pool`, ...wanted);
  for (const happen of HAPPENINGS) await happen({ rpc, seen, seenByPool });
  await expect.poll(() => existsSync(join(folder, "supervisord.pid")), { timeout: 20_000 }).toBe(false);
  const all = comparable(recordedEvents(events));
  const last = all.findIndex((line) => line.includes("SUPERVISOR_STATE_CHANGE_STOPPING"));
  // Two listeners of one pool write to one file: who is first is left to chance.
  return { all: all.slice(0, last + 1), pool: comparable(recordedEvents(`${events}.pool`)).sort() };
}
