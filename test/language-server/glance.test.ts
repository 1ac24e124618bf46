import { afterEach, expect, test } from "vitest";
import { CodeLensRefreshRequest, CodeLensRequest } from "vscode-languageserver/node";
import { LIVE_SERVERS, type LiveServers } from "../../language-server/requests.ts";
import { open, type Server, startServer, stopServer } from "./server.ts";

let server: Server;

afterEach(async () => {
  expect(await stopServer(server)).toBe(0);
});

const URI = "file:///site/supervisord.conf";

test("lenses follow what the client tells of running programs, and it is asked to show them anew", async () => {
  server = await startServer("stdio", { workspace: { codeLens: { refreshSupport: true } } });
  const refreshed = new Promise<void>((resolve) => {
    server.connection.onRequest(CodeLensRefreshRequest.type, () => resolve());
  });
  await open(server, URI, "[supervisord]\n[program:web]\ncommand=sleep 1\n");
  const lenses = async () => {
    const found = await server.connection.sendRequest(CodeLensRequest.type, { textDocument: { uri: URI } });
    return (found ?? []).map(({ command }) => command?.title);
  };
  expect(await lenses()).toEqual([]);
  const process = { group: "web", name: "web", id: "x|web:web", state: "STOPPED", pid: null };
  const live: LiveServers = {
    servers: [{ configFile: "/site/supervisord.conf", processes: [{ ...process, acts: ["start"] }] }],
  };
  await server.connection.sendNotification(LIVE_SERVERS, live);
  await refreshed;
  expect(await lenses()).toEqual(["STOPPED", "Start", "Log"]);
});
