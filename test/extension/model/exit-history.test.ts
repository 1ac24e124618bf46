import { expect, test } from "vitest";
import type { ProcessSnapshot } from "../../../daemon/protocol/event-stream.ts";
import { type Histories, withNewRuns } from "../../../extension/model/exit-history.ts";
import { aProcess, aServer } from "../processes.ts";

const ID = "c|web:web";

function after(...snapshots: Partial<ProcessSnapshot>[]): Histories {
  return snapshots.reduce<Histories>(
    (histories, facts) => withNewRuns(histories, [aServer("c", [aProcess("web", facts)])]),
    new Map(),
  );
}

test("each end is remembered once, with how long the run lasted", () => {
  const ended = { state: "EXITED", stoppedAt: 5000, exit: { kind: "code", code: 3 } } as const;
  const histories = after({ startedAt: 1000 }, { startedAt: 1000, ...ended }, { startedAt: 1000, ...ended });
  expect(histories.get(ID)?.runs).toEqual([
    { endedAt: 5000, exit: { kind: "code", code: 3 }, lastedMs: 4000 },
  ]);
});

test("a program that was asked about only after it ran again shows the run between", () => {
  const again = { startedAt: 5100, stoppedAt: 5000, exit: { kind: "signal", signal: "SIGTERM" } } as const;
  const history = after({ startedAt: 1000 }, again).get(ID);
  expect(history).toMatchObject({ restarts: 1, runs: [{ endedAt: 5000, lastedMs: 4000 }] });
});

test("how long a run lasted whose start nobody saw is not made up", () => {
  expect(after({ startedAt: 5100, stoppedAt: 5000 }).get(ID)?.runs[0]?.lastedMs).toBeNull();
});

test("the last twenty ends are kept, the latest first", () => {
  const runs = after(
    ...Array.from({ length: 25 }, (_, index) => ({ startedAt: index * 10, stoppedAt: index * 10 + 5 })),
  ).get(ID)?.runs;
  expect(runs).toHaveLength(20);
  expect(runs?.[0]?.endedAt).toBe(245);
});

test("what is known already changes nothing", () => {
  const before = after({ startedAt: 1000, stoppedAt: 500 });
  expect(withNewRuns(before, [aServer("c", [aProcess("web", { startedAt: 1000, stoppedAt: 500 })])])).toBe(
    before,
  );
});
