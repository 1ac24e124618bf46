import { expect, test } from "vitest";
import { startDaemon } from "../helpers/daemon.ts";
import { slopeOf, type Usage, usageOf } from "../helpers/usage.ts";

const PROGRAMS = 10;
const ROUNDS = 50;
/** Rounds in which caches and pools fill. */
const WARM_UP = 20;

test(`${PROGRAMS * ROUNDS} restarts leave no descriptor, no zombie and no memory behind`, async () => {
  const daemon = await startDaemon(
    `[program:web]
command=/bin/sh -c 'setsid sleep 1000 & echo up; exec sleep 1000'
process_name=web_%(process_num)d
numprocs=${PROGRAMS}
startsecs=0
`,
    [],
    // Its heap grows for what is there, not because there is room.
    { NODE_OPTIONS: "--max-semi-space-size=1" },
  );
  const samples: Usage[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    await daemon.rpc.stopAllProcesses();
    await daemon.rpc.startAllProcesses();
    samples.push(usageOf(daemon.process.pid ?? 0));
  }
  const steady = samples.slice(WARM_UP);
  const memory = slopeOf(steady.map(({ rssMb }) => rssMb)) / PROGRAMS;
  const descriptors = steady.map((sample) => sample.descriptors);
  console.log(
    `memory: ${(memory * 1024).toFixed(2)} KB a restart, descriptors: ${slopeOf(descriptors).toFixed(3)} a round (${Math.min(...descriptors)} to ${Math.max(...descriptors)}), ${steady.at(-1)?.rssMb.toFixed(1)} MB at the end`,
  );
  expect(Math.max(...descriptors) - Math.min(...descriptors)).toBeLessThanOrEqual(PROGRAMS);
  expect(Math.abs(slopeOf(descriptors))).toBeLessThan(0.1);
  expect(samples.at(-1)?.zombies).toBe(0);
  expect(memory).toBeLessThan(0.04);
});
