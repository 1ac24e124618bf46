import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import {
  CancellationToken,
  createConnection,
  createProtocolConnection,
  LogMessageNotification,
  LSPErrorCodes,
  PublishDiagnosticsNotification,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import type { Machine } from "../../daemon/config/machine.ts";
import { ConfigurationFiles } from "../../language-server/configuration-files.ts";
import { english } from "../../language-server/l10n/words.ts";
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

test("a client that waits for the machine is told to ask again when a key comes", async () => {
  const connection = createConnection(
    new StreamMessageReader(new PassThrough()),
    new StreamMessageWriter(new PassThrough()),
  );
  const disk = { ...FAILING_GLOB, settled: () => new Promise<void>(() => {}) };
  const reports = new Reports(connection, new Workspace(disk, () => 0), new ConfigurationFiles(() => 0));
  reports.suit({ textDocument: { diagnostic: {} } }, { words: english, page: null });
  const uri = "file:///a/supervisord.conf";
  const ask = () => reports.reportOf(uri, undefined, CancellationToken.None);
  const document = new OpenDocument(uri, 1, "[supervisord]\n");
  reports.changed(document);
  expect(await ask()).toMatchObject({ kind: "full", items: [] });
  const stale = ask();
  await new Promise((resolve) => setImmediate(resolve));
  document.change([{ text: "[supervisord]\nnodaemon=mayb\n" }], 2);
  reports.changed(document);
  await expect(stale).rejects.toMatchObject({
    code: LSPErrorCodes.ServerCancelled,
    data: { retriggerRequest: true },
  });
  expect(await ask()).toMatchObject({ items: [{ code: "value.boolean" }] });
  connection.dispose();
});

test("a question that was taken back is not answered", async () => {
  const connection = createConnection(
    new StreamMessageReader(new PassThrough()),
    new StreamMessageWriter(new PassThrough()),
  );
  const reports = new Reports(
    connection,
    new Workspace(FAILING_GLOB, () => 0),
    new ConfigurationFiles(() => 0),
  );
  const asking = reports.reportOf("file:///a/supervisord.conf", undefined, CancellationToken.Cancelled);
  await expect(asking).rejects.toMatchObject({ code: LSPErrorCodes.RequestCancelled });
  connection.dispose();
});
