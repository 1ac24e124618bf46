import assert from "node:assert/strict";
import { eventually, type Facts, type Host } from "./fact.ts";

/** Forms in which key bindings and tasks name a program. */
const FORMS: readonly unknown[] = [
  "idle",
  "supervisord.conf|idle:idle",
  { program: "idle" },
  { server: "supervisord.conf", program: "idle" },
  ["idle"],
];

/** Commands that take no names: they ask, or concern the window. */
const WITHOUT_NAMES: ReadonlySet<string> = new Set([
  "supervisord.addServer",
  "supervisord.createConfiguration",
  "supervisord.lookAgain",
  "supervisord.runCommand",
  "supervisord.showLog",
]);

/** Facts about commands that are called with names. */
export const COMMAND_FACTS: Facts = {
  "each command of the manifest is there": async ({ vscode }) => {
    const present = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(
      commandIds(vscode).filter((id) => !present.has(id)),
      [],
    );
  },

  "programs are started and stopped by every form of their name": async (host) => {
    for (const form of FORMS) {
      await host.vscode.commands.executeCommand("supervisord.start", form);
      await expectState(host, "idle", "RUNNING");
      await host.vscode.commands.executeCommand("supervisord.stop", form);
      await expectState(host, "idle", "STOPPED");
    }
  },

  "the commands of the palette take names, too": async (host) => {
    const run = (id: string) => host.vscode.commands.executeCommand(`supervisord.${id}`, "idle");
    await run("startProgram");
    const before = await pid(host);
    await run("restartProgram");
    assert.notEqual(await pid(host), before);
    await run("restart");
    await expectState(host, "idle", "RUNNING");
    await run("forceStopProgram");
    await expectState(host, "idle", "STOPPED");
    await run("start");
    await run("forceStop");
    await expectState(host, "idle", "STOPPED");
    await run("start");
    await run("stopProgram");
    await expectState(host, "idle", "STOPPED");
  },

  "a group's name means all of its programs": async (host) => {
    await host.vscode.commands.executeCommand("supervisord.stop", "pool");
    await expectState(host, "pool_00", "STOPPED");
    await expectState(host, "pool_01", "STOPPED");
    await host.vscode.commands.executeCommand("supervisord.start", { program: "pool:*" });
    await expectState(host, "pool_00", "RUNNING");
    await expectState(host, "pool_01", "RUNNING");
  },

  "all programs of a named supervisord are stopped and started": async (host) => {
    const { vscode } = host;
    await vscode.commands.executeCommand("supervisord.stopAll", { server: "supervisord.conf" });
    await eventually(async () => assert.deepEqual(await running(host), []));
    await vscode.commands.executeCommand("supervisord.startAll", { server: "supervisord.conf" });
    await eventually(async () => assert.ok((await running(host)).includes("web")));
    await vscode.commands.executeCommand("supervisord.stop", ["idle", "slow", "flooding"]);
  },

  "the output of a named program opens": async ({ vscode }) => {
    await vscode.commands.executeCommand("supervisord.showOutput", "worker");
    await eventually(() => {
      const open = vscode.workspace.textDocuments.filter(({ uri }) => uri.scheme === "output");
      assert.ok(open.some((document) => /job \d+ done/.test(document.getText())));
    });
    await vscode.commands.executeCommand("supervisord.showProgramOutput", { program: "web" });
  },

  "the configuration of a named supervisord opens": async ({ vscode }) => {
    for (const server of ["supervisord.conf", "supervisord.conf|", { server: "supervisord.conf" }, "web"]) {
      await vscode.commands.executeCommand("workbench.action.closeAllEditors");
      await vscode.commands.executeCommand("supervisord.openConfiguration", server);
      assert.match(vscode.window.activeTextEditor?.document.fileName ?? "", /supervisord\.conf$/);
    }
  },

  "the page of a named program opens without a question": async ({ vscode }) => {
    await vscode.commands.executeCommand("supervisord.openInBrowser", "web");
    await vscode.commands.executeCommand("supervisord.openProgramInBrowser", { program: "web" });
  },

  "a name that is nowhere is refused without a question": async (host) => {
    const { vscode } = host;
    const before = await running(host);
    for (const id of commandIds(vscode).filter((one) => !WITHOUT_NAMES.has(one))) {
      const called = vscode.commands.executeCommand(id, { server: "nowhere.conf", program: "nothing" });
      const late = new Promise((_, failed) => setTimeout(failed, 5000, new Error(`${id} asks`)).unref());
      await Promise.race([called, late]);
    }
    assert.deepEqual(await running(host), before);
  },
};

function commandIds(vscode: Host["vscode"]): readonly string[] {
  const manifest = vscode.extensions.getExtension("vscode-supervisord.vscode-supervisord")?.packageJSON;
  return manifest.contributes.commands.map(({ command }: { command: string }) => command);
}

async function running({ api }: Host): Promise<readonly string[]> {
  return (await api.list()).filter(({ state }) => state === "RUNNING").map(({ name }) => name);
}

/** Debian's supervisord may tell a moment later that a program it was told to kill is down. */
async function expectState({ api }: Host, name: string, state: string): Promise<void> {
  await eventually(async () => {
    const program = (await api.list()).find((one) => one.name === name);
    assert.equal(program?.state, state);
  });
}

async function pid({ api }: Host): Promise<number | null | undefined> {
  return (await api.list()).find(({ name }) => name === "idle")?.pid;
}
