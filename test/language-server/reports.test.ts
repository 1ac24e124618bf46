import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import {
  createConnection,
  createProtocolConnection,
  LogMessageNotification,
  PublishDiagnosticsNotification,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import type { Machine } from "../../daemon/config/machine.ts";
import { ConfigurationFiles } from "../../language-server/configuration-files.ts";
import { OpenDocument } from "../../language-server/open-document.ts";
import { Reports } from "../../language-server/reports.ts";
import { Workspace } from "../../language-server/workspace.ts";

const FAILING_GLOB: Omit<Machine, "cwd"> = {
  environment: {},
  hostName: "host",
  tempDirectory: "/tmp",
  readFile: () => ({ kind: "error", code: "ENOENT" }),
  glob: () => {
    throw new Error("the disk is gone");
  },
  isDirectory: () => true,
  homeDirectory: () => null,
  userExists: () => true,
  groupExists: () => true,
};

test("a document whose judging fails is logged, and the others are still told about", async () => {
  const toServer = new PassThrough();
  const toClient = new PassThrough();
  const connection = createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient));
  const client = createProtocolConnection(
    new StreamMessageReader(toClient),
    new StreamMessageWriter(toServer),
  );
  const logged = new Promise<string>((resolve) => {
    client.onNotification(LogMessageNotification.type, ({ message }) => resolve(message));
  });
  const told = new Promise<string>((resolve) => {
    client.onNotification(PublishDiagnosticsNotification.type, ({ uri }) => resolve(uri));
  });
  client.listen();
  connection.listen();

  const reports = new Reports(
    connection,
    new Workspace(FAILING_GLOB, () => 0),
    new ConfigurationFiles(() => 0),
  );
  const failing = "[supervisord]\n[include]\nfiles=*.conf\n";
  reports.changed(new OpenDocument("file:///a/supervisord.conf", 1, failing));
  reports.changed(new OpenDocument("file:///b/supervisord.conf", 1, "[supervisord]\n"));
  expect(await logged).toContain("cannot judge file:///a/supervisord.conf: Error: the disk is gone");
  expect(await told).toBe("file:///b/supervisord.conf");
  client.dispose();
  connection.dispose();
});
