import assert from "node:assert/strict";
import { eventually, type Facts, type Host } from "./fact.ts";

/** Facts about the language model tools, with the editor's AI features off. */
export const TOOL_FACTS: Facts = {
  "agents are offered the tools though AI features are off": async ({ vscode }) => {
    assert.equal(vscode.workspace.getConfiguration("chat").get("disableAIFeatures"), true);
    const names = vscode.lm.tools.map(({ name }) => name).filter((name) => name.startsWith("supervisord_"));
    for (const name of ["list_programs", "program_status", "read_log", "restart_program"])
      assert.ok(names.includes(`supervisord_${name}`), names.join());
  },

  "an agent lists programs, and finds why one is down": async (host) => {
    const listed = await invoke(host, "list_programs", {});
    assert.match(listed, /"program": "web",\s+"state": "RUNNING"/);
    const status = await invoke(host, "program_status", { program: "crashing" });
    assert.match(status, /FATAL/);
    assert.match(status, /cannot reach the database/);
  },

  "an agent reads what a log holds of a word": async (host) => {
    const log = await invoke(host, "read_log", { program: "worker", grep: "JOB", limit: 2 });
    assert.equal(JSON.parse(log).lines.length, 2);
    assert.doesNotMatch(log, /\\u001b/);
  },

  "an agent finds which program said something": async (host) => {
    const { matches } = JSON.parse(await invoke(host, "search_logs", { grep: "Cannot Reach" }));
    const programs = matches.map(({ program, channel }: Record<string, string>) => [program, channel]);
    assert.deepEqual(programs, [["crashing", "stderr"]]);
    const some = JSON.parse(await invoke(host, "search_logs", { grep: "job", program: "worker", limit: 1 }));
    assert.equal(some.matches[0].lines.length, 1);
  },

  "an agent that names no program there is told which there are": async (host) => {
    await assert.rejects(invoke(host, "program_status", { program: "ghost" }), /There are .*web/);
  },

  "an agent validates the configuration": async (host) => {
    const answer = JSON.parse(await invoke(host, "validate_configuration", {}));
    assert.deepEqual(
      answer.map(({ accepted }: { accepted: boolean }) => accepted),
      [true],
    );
  },

  "an agent uses a server that was added by its address, and acts where it says": async (host) => {
    const { vscode, workspace } = host;
    const address = `unix://${workspace}/.supervisord/s.sock`;
    const settings = vscode.workspace.getConfiguration("supervisord");
    const put = (servers: unknown) => settings.update("servers", servers, vscode.ConfigurationTarget.Global);
    await put([{ name: "elsewhere", url: address }]);
    try {
      await eventually(async () => {
        const [, added] = JSON.parse(await invoke(host, "list_programs", {}));
        assert.deepEqual([added.configuration, added.label, added.running], [address, "elsewhere", true]);
      });
      await assert.rejects(invoke(host, "restart_program", { program: "files" }), /files is in several/);
      await invoke(host, "restart_program", { program: "files", configuration: "elsewhere" });
    } finally {
      await put(undefined);
      await eventually(async () =>
        assert.equal(JSON.parse(await invoke(host, "list_programs", {})).length, 1),
      );
    }
  },

  "an agent restarts a program": async (host) => {
    const pidOf = async () => (await host.api.list()).find(({ name }) => name === "files")?.pid;
    const before = await pidOf();
    await invoke(host, "restart_program", { program: "files" });
    assert.notEqual(await pidOf(), before);
  },
};

async function invoke({ vscode }: Host, tool: string, input: object): Promise<string> {
  const options = { input, toolInvocationToken: undefined };
  const { content } = await vscode.lm.invokeTool(`supervisord_${tool}`, options);
  return content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : "")).join("");
}
