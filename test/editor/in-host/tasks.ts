import assert from "node:assert/strict";
import type * as vscode from "vscode";
import type { Facts, Host } from "./fact.ts";

/** Facts about tasks of the type supervisord. */
export const TASK_FACTS: Facts = {
  "each program is offered as a task that starts, stops, restarts and awaits it": async ({ vscode }) => {
    const tasks = await vscode.tasks.fetchTasks({ type: "supervisord" });
    const names = tasks.map(({ name }) => name);
    for (const action of ["start", "stop", "restart", "wait"]) {
      assert.ok(names.includes(`${action} web`), names.join());
      assert.ok(names.includes(`${action} pool:*`), names.join());
    }
  },

  "a task of tasks.json ends with exit code 0 once its program runs": async (host) => {
    await host.api.stop("worker");
    assert.equal(await run(host, "start the worker"), 0);
    const worker = (await host.api.list()).find(({ name }) => name === "worker");
    assert.equal(worker?.state, "RUNNING");
  },

  "tasks that restart, await and stop a program end with exit code 0": async (host) => {
    for (const name of ["restart worker", "wait worker", "stop worker", "start the worker"])
      assert.equal(await run(host, name), 0, name);
  },

  "a task whose program fails ends with exit code 1": async (host) => {
    assert.equal(await run(host, "start what crashes"), 1);
  },

  "a task that names no program there is ends with exit code 1": async (host) => {
    assert.equal(await run(host, "start a ghost"), 1);
  },

  "a debug session waits for the task that is to run before it": async ({ vscode, api, workspace }) => {
    await api.stop("idle");
    const folder = vscode.workspace.workspaceFolders?.[0];
    const states: string[] = [];
    const ended = new Promise<void>((done) => {
      vscode.debug.onDidTerminateDebugSession(() => done());
    });
    const starting = vscode.debug.onDidStartDebugSession(async () => {
      states.push(...(await api.list()).filter(({ name }) => name === "idle").map(({ state }) => state));
    });
    const script = `${workspace}/app/debugged.cjs`;
    await vscode.workspace.fs.writeFile(vscode.Uri.file(script), Buffer.from("process.exit(0)"));
    const configuration = { type: "node", request: "launch", name: "x", program: script };
    const preLaunchTask = "start idle for debugging";
    const debug = { ...configuration, preLaunchTask, console: "internalConsole" };
    assert.ok(await vscode.debug.startDebugging(folder, debug));
    await ended;
    starting.dispose();
    assert.ok(states.length > 0);
    for (const state of states) assert.equal(state, "RUNNING");
    await api.stop("idle");
  },
};

/** Runs a task that the editor knows by this name; its exit code. */
async function run({ vscode }: Host, name: string): Promise<number | undefined> {
  const task = (await vscode.tasks.fetchTasks()).find((one) => one.name === name);
  assert.ok(task, `there is no task ${name}`);
  const ended = new Promise<number | undefined>((done) => {
    const listening = vscode.tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
      if (!isSame(execution.task, task)) return;
      listening.dispose();
      done(exitCode);
    });
  });
  await vscode.tasks.executeTask(task);
  return await ended;
}

function isSame(a: vscode.Task, b: vscode.Task): boolean {
  return a.name === b.name && a.source === b.source;
}
