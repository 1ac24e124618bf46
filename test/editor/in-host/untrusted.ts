import assert from "node:assert/strict";
import type { Facts } from "./fact.ts";
import { LANGUAGE_FACTS } from "./language.ts";

/** Facts about a folder that nobody trusts. */
export const UNTRUSTED_FACTS: Facts = {
  "nothing is listed and nothing is started where nobody trusts the folder": async ({ api, vscode }) => {
    assert.equal(vscode.workspace.isTrusted, false);
    assert.deepEqual(await api.list(), []);
    await assert.rejects(api.start("web"), /This workspace is not trusted/);
    await vscode.commands.executeCommand("supervisord.startServer");
    await vscode.commands.executeCommand("supervisord.start", "web");
    assert.deepEqual(await api.list(), []);
  },

  "agents learn nothing of a folder that nobody trusts": async ({ vscode }) => {
    for (const tool of ["supervisord_list_programs", "supervisord_validate_configuration"]) {
      const options = { input: {}, toolInvocationToken: undefined };
      await assert.rejects(async () => vscode.lm.invokeTool(tool, options));
    }
  },

  ...LANGUAGE_FACTS,
};
