import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { chooseServer } from "../../../daemon/ctl/server.ts";
import { scratchFolder } from "../../helpers/scratch.ts";

describe("the server that supervisorctl speaks to", () => {
  test("is the named one as long as somebody listens there", async () => {
    const [named, controlSocket] = [await listen(), await listen()];
    expect(await chooseServer({ named: `unix://${named}`, insisted: false, controlSocket })).toBe(
      `unix://${named}`,
    );
  });

  test("is the daemon of the configuration where nobody listens at the named one, or none is named", async () => {
    const controlSocket = await listen();
    const choice = { insisted: false, controlSocket };
    expect(await chooseServer({ ...choice, named: "unix:///no/such/socket" })).toBe(
      `unix://${controlSocket}`,
    );
    expect(await chooseServer({ ...choice, named: "http://127.0.0.1:1" })).toBe(`unix://${controlSocket}`);
    expect(await chooseServer({ ...choice, named: null })).toBe(`unix://${controlSocket}`);
  });

  test("is never a socket that somebody else may have put there", async () => {
    const controlSocket = await listen();
    chmodSync(dirname(controlSocket), 0o777);
    expect(await chooseServer({ insisted: false, controlSocket, named: null })).toBe("http://localhost:9001");
  });

  test("is the named one on the command line, whoever listens", async () => {
    const controlSocket = await listen();
    expect(await chooseServer({ named: "unix:///no", insisted: true, controlSocket })).toBe("unix:///no");
  });

  test("is Supervisor's usual one without either, a dead daemon's socket included", async () => {
    const left = join(scratchFolder(), "left.sock");
    writeFileSync(left, "");
    expect(await chooseServer({ named: null, insisted: false, controlSocket: null })).toBe(
      "http://localhost:9001",
    );
    expect(await chooseServer({ named: null, insisted: false, controlSocket: left })).toBe(
      "http://localhost:9001",
    );
  });
});

async function listen(): Promise<string> {
  const folder = join(scratchFolder(), "supervisord-0/0123");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, "s.sock");
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((done) => server.listen(path, done));
  onTestFinished(() => void server.close());
  return path;
}
