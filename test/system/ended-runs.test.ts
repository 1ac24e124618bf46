import { expect, test } from "vitest";
import { startDaemon } from "../helpers/daemon.ts";

const PROGRAMS = `[program:brief]
command=/bin/sh -c 'exit 3'
startsecs=0
autorestart=false
autostart=false

[program:steady]
command=sleep 1000
startsecs=0
`;

test("a daemon tells how the last runs of a process ended, the latest first, and of no more than twenty", async () => {
  const { rpc } = await startDaemon(PROGRAMS);
  expect(await rpc.getEndedRuns("steady")).toEqual([]);
  await rpc.stopProcess("steady");
  const [stopped] = await rpc.getEndedRuns("steady");
  expect(stopped?.exit).toEqual({ kind: "signal", signal: "SIGTERM" });
  expect(stopped?.lastedMs).toBeGreaterThanOrEqual(0);
  for (let run = 1; run <= 21; run++) {
    await rpc.startProcess("brief");
    await expect.poll(async () => (await rpc.getProcessInfo("brief")).statename).toBe("EXITED");
  }
  const runs = await rpc.getEndedRuns("brief");
  expect(runs).toHaveLength(20);
  expect(new Set(runs.map(({ exit }) => JSON.stringify(exit)))).toEqual(
    new Set([JSON.stringify({ kind: "code", code: 3 })]),
  );
  const ends = runs.map(({ endedAt }) => endedAt);
  expect(ends).toEqual(ends.toSorted((one, other) => other - one));
});

test("a name that means no process is refused", async () => {
  const { rpc } = await startDaemon(PROGRAMS);
  await expect(rpc.getEndedRuns("nobody")).rejects.toThrow("BAD_NAME");
});
