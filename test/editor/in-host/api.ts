import assert from "node:assert/strict";
import type { Program } from "../../../extension/api.ts";
import { eventually, type Facts, type Host } from "./fact.ts";

/** Facts about the interface for other extensions. */
export const API_FACTS: Facts = {
  "the interface is of version 1 and lists every process with its state": async ({ api }) => {
    assert.equal(api.version, 1);
    const programs = await api.list();
    assert.equal(programs.length, 13);
    assert.equal(programs.find(({ name }) => name === "web")?.state, "RUNNING");
    assert.deepEqual(new Set(programs.map(({ server }) => server)), new Set(["supervisord.conf"]));
  },

  "a start resolves once the program runs, and tells of it": async ({ api }) => {
    const states: string[] = [];
    const listening = api.onDidChange(({ changed }) => {
      for (const { name, state } of changed) if (name === "slow") states.push(state);
    });
    await api.start("slow");
    assert.equal(await stateOf(api, "slow"), "RUNNING");
    await eventually(() => assert.equal(states.at(-1), "RUNNING"));
    listening.dispose();
  },

  "a stop resolves once it is down, and a second one at once": async ({ api }) => {
    await api.stop("slow");
    assert.equal(await stateOf(api, "slow"), "STOPPED");
    await api.stop({ program: "slow", server: "supervisord.conf" });
  },

  "a restart gives a program another pid": async ({ api }) => {
    const before = await pidOf(api, "producer");
    await api.restart("queue:producer");
    assert.notEqual(await pidOf(api, "producer"), before);
    assert.equal(await stateOf(api, "producer"), "RUNNING");
  },

  "an id names a program, and a group all of its programs": async ({ api }) => {
    const [consumer] = (await api.list()).filter(({ name }) => name === "consumer");
    await api.stop(consumer?.id ?? "");
    assert.equal(await stateOf(api, "consumer"), "STOPPED");
    await api.start("queue:*");
    assert.equal(await stateOf(api, "consumer"), "RUNNING");
  },

  "waiting for a program ends when somebody else starts it": async ({ api, vscode }) => {
    const waiting = api.waitFor("idle");
    await vscode.commands.executeCommand("supervisord.start", "idle");
    await waiting;
    assert.equal(await stateOf(api, "idle"), "RUNNING");
    await api.stop("idle");
  },

  "waiting for a program that has failed rejects with how it ended": async ({ api }) => {
    await assert.rejects(
      api.waitFor("crashing"),
      /^Error: crashing has failed: (?:exit code 3|Exited too quickly.*)\.$/,
    );
    await assert.rejects(api.start("crashing"), /crashing has failed/);
  },

  "an unknown name, a limit and a cancellation reject with a sentence": async ({ api, vscode }) => {
    await assert.rejects(api.start("ghost"), /There is no program or group ghost in this window\./);
    await assert.rejects(
      api.start({ program: "web", server: "other.conf" }),
      /There is no supervisord other\.conf/,
    );
    await assert.rejects(
      api.waitFor("idle", { timeoutMs: 300 }),
      /idle is still not running after 0\.3 seconds/,
    );
    const source = new vscode.CancellationTokenSource();
    const waiting = api.waitFor("idle", { token: source.token });
    source.cancel();
    await assert.rejects(waiting, /Waiting for idle was cancelled/);
  },
};

async function find(api: Host["api"], name: string): Promise<Program | undefined> {
  return (await api.list()).find((program) => program.name === name);
}

async function stateOf(api: Host["api"], name: string): Promise<string | undefined> {
  return (await find(api, name))?.state;
}

async function pidOf(api: Host["api"], name: string): Promise<number | null | undefined> {
  return (await find(api, name))?.pid;
}
