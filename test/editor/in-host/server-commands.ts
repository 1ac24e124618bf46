import assert from "node:assert/strict";
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { eventually, type Facts } from "./fact.ts";

const SERVER = { server: "supervisord.conf" };

/** For a supervisord that nobody has to agree to: the host under test shows no questions. */
export const RELOAD_FACTS: Facts = {
  "the configuration of a named supervisord is put in force": async ({ vscode, api, workspace }) => {
    const added = "\n[program:added]\ncommand=sleep 100011\nautostart=false\n";
    appendFileSync(join(workspace, "supervisord.conf"), added);
    await vscode.commands.executeCommand("supervisord.reload", SERVER);
    await eventually(async () => {
      const program = (await api.list()).find(({ name }) => name === "added");
      assert.equal(program?.state, "STOPPED");
    });
  },
};

/** To be proven last. */
export const END_FACTS: Facts = {
  "a named supervisord is shut down": async ({ vscode, api }) => {
    await vscode.commands.executeCommand("supervisord.shutDown", SERVER);
    await eventually(async () => assert.deepEqual(await api.list(), []));
  },
};
