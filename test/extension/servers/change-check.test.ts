import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createRpcClient, type RpcClient } from "../../../daemon/client/rpc.ts";
import { encodeResponse } from "../../../daemon/xml-rpc/encode.ts";
import { ChangeCheck } from "../../../extension/servers/change-check.ts";
import { aDaemon } from "../processes.ts";

const PREVIEW = { added: ["mail"], changed: [], removed: [], processes: [], sections: [] };

let folder: string;
let server: Server;
let client: RpcClient;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "check-"));
  server = createServer((_, response) => response.end(encodeResponse(PREVIEW)));
  server.listen(join(folder, "s"));
  await once(server, "listening");
  client = createRpcClient({ kind: "unix", path: join(folder, "s") });
});

afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, "close");
  rmSync(folder, { recursive: true });
});

test("a configuration that was saved before its supervisor runs is looked at again once it changes", async () => {
  const { promise: changed, resolve } = Promise.withResolvers<void>();
  const changes = new ChangeCheck(
    () => Promise.reject(new Error("nothing is refused here")),
    () => changes.pending !== null && resolve(),
  );
  await changes.check();
  expect(changes.pending).toBeNull();
  changes.follow(aDaemon([]).state, client);
  changes.follow(aDaemon([], { configChanged: true }).state, client);
  await changed;
  expect(changes.pending).toEqual({ kind: "changes", ...PREVIEW });
});
