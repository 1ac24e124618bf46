import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { createRpcClient } from "../../daemon/client/rpc.ts";
import { ChangeCheck } from "../../extension/servers/change-check.ts";
import { createDaemonProgram } from "../../extension/servers/daemon-program.ts";
import { reload } from "../../extension/servers/perform.ts";
import { aDaemon, aServer } from "../extension/processes.ts";
import { both, type Side, startPair } from "../helpers/pair.ts";

const bundled = createDaemonProgram(
  resolve("dist/daemon/supervisord.cjs"),
  async () => ({ PATH: process.env.PATH ?? "" }),
  {
    dialect: () => "4.3",
    windowPolicy: () => ({ kind: "keep" }),
  },
);

const A = "[program:a]\ncommand=/bin/sleep 1000\nstartsecs=0\n";
const B = "[program:b]\ncommand=/bin/sleep 2000\nstartsecs=0\n";

/** A check as the extension makes it of a server that it is connected to. */
function checkOf({ configFile, socket }: Side, isOurs: boolean) {
  const client = createRpcClient({ kind: "unix", path: socket });
  const check = new ChangeCheck(
    () => bundled.plan(configFile),
    () => {},
  );
  check.follow((isOurs ? aDaemon([]) : aServer("s", [])).state, client);
  return { check, client };
}

test("an edit is compared with what is in force, and an update leaves nothing, with the real supervisord too", async () => {
  const pair = await startPair(A + B);
  const told = await both(pair, async (side) => {
    const { check, client } = checkOf(side, side === pair.ours);
    await check.check();
    const first = check.pending;
    const text = readFileSync(side.configFile, "utf8");
    const pids = await client.getAllProcessInfo();
    writeFileSync(
      side.configFile,
      text.replace("sleep 1000", "sleep 3000").replace(B, "[program:c]\ncommand=x\n"),
    );
    await check.check();
    const pending = check.pending;
    const same = (await client.getAllProcessInfo()).map(({ pid }) => pid);
    writeFileSync(side.configFile, text.replace("command=/bin/sleep 1000", ""));
    await check.check();
    const refused = check.pending;
    writeFileSync(side.configFile, text.replace("sleep 1000", "sleep 4000"));
    await reload(client);
    await check.applied();
    const after = check.pending;
    writeFileSync(side.configFile, text.replace("sleep 1000", "sleep 5000"));
    await check.check();
    expect(same).toEqual(pids.map(({ pid }) => pid));
    return {
      first,
      pending,
      after,
      last: check.pending,
      refused: refused?.kind === "refused" && refused.place?.line,
    };
  });
  for (const one of told) {
    expect([one.first, one.after]).toEqual([null, null]);
    expect(one.pending).toMatchObject({
      added: ["c"],
      changed: ["a"],
      removed: ["b"],
      processes: [
        {
          group: "a",
          kind: "changed",
          options: [{ name: "command", before: "/bin/sleep 1000", after: "/bin/sleep 3000" }],
        },
        {
          group: "c",
          kind: "added",
          options: expect.arrayContaining([{ name: "command", before: null, after: "x" }]),
        },
        { group: "b", kind: "removed" },
      ],
    });
    // Compared with what the update has put in force, not with what was read in between.
    expect(one.last).toMatchObject({
      processes: [{ options: [{ name: "command", before: "/bin/sleep 4000", after: "/bin/sleep 5000" }] }],
    });
    expect(one.refused).toBeGreaterThan(1);
  }
});
