import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { DocumentDiagnosticRequest } from "vscode-languageserver/node";
import { localDisk } from "../../language-server/disk.ts";
import { TRUST_GRANTED } from "../../language-server/requests.ts";
import { Trust } from "../../language-server/trust.ts";
import { scratchFolder } from "../helpers/scratch.ts";
import { open, startServer, stopServer } from "./server.ts";

/** A workspace, and files beside it, one of them by a link from inside. */
function places() {
  const root = scratchFolder();
  const inside = join(root, "inside");
  const outside = join(root, "inside-out");
  for (const folder of [inside, outside]) {
    mkdirSync(folder);
    writeFileSync(join(folder, "a.conf"), "[program:a]\ncommand=/bin/cat\nbanana=1\n");
  }
  symlinkSync(outside, join(inside, "link"));
  return { inside, outside };
}

test("in an untrusted workspace nothing outside its folders is read, also not through links", () => {
  const { inside, outside } = places();
  const trust = new Trust();
  trust.suit({ untrustedFolders: [inside] });
  const disk = trust.confine(localDisk());
  const refused = { kind: "error", code: "the workspace is not trusted" };
  expect(disk.readFile(join(inside, "a.conf")).kind).toBe("text");
  for (const path of [
    join(outside, "a.conf"),
    join(inside, "link/a.conf"),
    `${inside}/../inside-out/a.conf`,
  ]) {
    expect(disk.readFile(path)).toEqual(refused);
  }
  expect(disk.glob(`${inside}/*.conf`)).toEqual([join(inside, "a.conf")]);
  expect(disk.glob(`${inside}/*/*.conf`)).toEqual([]);
  expect(disk.glob(`${outside}/*.conf`)).toEqual([`${outside}/*.conf`]);
  expect(trust.isGranted).toBe(false);
  trust.grant();
  expect(trust.isGranted).toBe(true);
  expect(disk.readFile(join(outside, "a.conf")).kind).toBe("text");
  expect(disk.glob(`${inside}/*/*.conf`)).toEqual([join(inside, "link/a.conf")]);
});

test("a client that has no notion of trust reads everything", () => {
  const { outside } = places();
  const trust = new Trust();
  trust.suit(undefined);
  expect(trust.confine(localDisk()).readFile(join(outside, "a.conf")).kind).toBe("text");
});

test("the server says why an include is not read, and reads it once the workspace is trusted", async () => {
  const { inside, outside } = places();
  const server = await startServer(
    "stdio",
    { textDocument: { diagnostic: {} } },
    { initializationOptions: { untrustedFolders: [inside] } },
  );
  const uri = pathToFileURL(join(inside, "supervisord.conf")).href;
  await open(server, uri, `[supervisord]\n[include]\nfiles=${outside}/a.conf\n`);
  const messages = async () => {
    const report = await server.connection.sendRequest(DocumentDiagnosticRequest.type, {
      textDocument: { uri },
    });
    return report.kind === "full" ? report.items.map(({ message }) => message) : [];
  };
  expect(await messages()).toEqual([
    `${outside}/a.conf cannot be read (the workspace is not trusted) and is passed over.`,
  ]);
  await server.connection.sendNotification(TRUST_GRANTED);
  expect(await messages()).toEqual([]);
  expect(await stopServer(server)).toBe(0);
});
