import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { startDaemon } from "../helpers/daemon.ts";
import { fuzzedListeners, fuzzRequests, serveAnswers } from "./request-fuzzer.ts";

test("malformed requests, and malformed answers of event listeners, neither end the daemon nor fill its memory", async () => {
  const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 1_000_000);
  const answers = await serveAnswers(seed + 1);
  onTestFinished(answers.close);
  const program = "[program:web]\ncommand=/bin/cat\nstartsecs=0\n";
  const daemon = await startDaemon(`${program}${fuzzedListeners(answers.port, 2)}`);
  const { socket, process: child, folder } = daemon;
  const outcome = await fuzzRequests({ socket, pid: child.pid ?? 0, answers: answers.count }, 1500, seed);
  const log = readFileSync(join(folder, "supervisord.log"), "utf8");
  const unexpected = log.split("\n").filter((line) => / CRIT (?!Supervisor is running as root)/.test(line));
  expect(unexpected, `FUZZ_SEED=${seed}`).toEqual([]);
  expect(outcome.statuses.get("400"), `FUZZ_SEED=${seed}`).toBeGreaterThan(500);
  expect(outcome.answers).toBeGreaterThan(0);
  expect(Math.max(...outcome.memory), `FUZZ_SEED=${seed}`).toBeLessThan(400);
  expect(await daemon.rpc.getProcessInfo("web")).toMatchObject({ name: "web" });
});
