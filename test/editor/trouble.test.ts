import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { pidOf } from "./harness/processes.ts";
import { pictureFailures, type Session, startSession } from "./harness/session.ts";
import type { Workbench } from "./harness/workbench.ts";

let session: Session;

beforeAll(async () => {
  session = await startSession();
  return session.end;
});

pictureFailures(() => session);

test("a workspace without a configuration says where one is looked for", async () => {
  const workbench = await openView(session.workspace({ "main.js": "" }));
  await workbench.welcome().getByText("This workspace has no supervisord.conf").waitFor({ timeout: 60_000 });
  await workbench.screenshot("no-configuration");
  await workbench.close();
});

test("a configuration that is a folder is refused with a sentence", async () => {
  const workbench = await openView(session.workspace({ "supervisord.conf/a.txt": "" }));
  await workbench.row("supervisord.conf, cannot start").waitFor({ timeout: 60_000 });
  const rows = await workbench.rowNames();
  expect(rows.at(-1)).toMatch(/supervisord\.conf is a directory, not a configuration file/);
  await workbench.close();
});

test("a broken configuration is refused with a sentence that leads to the place", async () => {
  const path = session.workspace({ "supervisord.conf": configuration("[program:web]\nautostart=true") });
  const workbench = await openView(path);
  await workbench.row("supervisord.conf, cannot start").waitFor({ timeout: 60_000 });
  const reason = workbench.row("[program:web] needs a command");
  await workbench.screenshot("broken-configuration");
  await reason.click();
  await workbench.page.locator(".editor-instance .squiggly-error").first().waitFor();
  await workbench.page.locator(".part.statusbar", { hasText: "Ln 15" }).waitFor();
  expect(pidOf(path, "supervisord.cjs")).toBeUndefined();
  await workbench.close();
});

test("a program that does not stop is killed by the button of its row, with what it started", async () => {
  const path = session.workspace({
    "deaf.sh": `trap "" TERM; setsid sh child.sh & while :; do sleep 0.1; done\n`,
    "child.sh": `trap "" TERM; while :; do sleep 0.1; done\n`,
    "supervisord.conf": configuration(
      "[program:deaf]\ncommand=sh deaf.sh\ndirectory=%(here)s\nstopwaitsecs=600",
    ),
  });
  const workbench = await start(path);
  await workbench.answer("Start");
  await workbench.row("deaf, running").waitFor({ timeout: 30_000 });
  await workbench.pressInline(workbench.row("deaf, running"), "Stop");
  await workbench.pressInline(workbench.row("deaf, stopping"), "Force Stop");
  await workbench.row("deaf, stopped").waitFor();
  expect([pidOf(path, "sh deaf.sh"), pidOf(path, "sh child.sh")]).toEqual([undefined, undefined]);
  await workbench.close();
});

test("programs that cannot start say why, and hurt no other", async () => {
  const path = session.workspace({
    "supervisord.conf": configuration(
      "[program:good]\ncommand=sleep 1000",
      "[program:ghost]\ncommand=/no/such/program\nstartretries=0",
      "[program:lost]\ncommand=sleep 1000\ndirectory=/no/such/folder\nstartretries=0",
    ),
  });
  const workbench = await start(path);
  await workbench.answer("Start");
  await workbench.row("good, running").waitFor({ timeout: 30_000 });
  await workbench.row("ghost, failed, ").waitFor();
  await workbench.row("lost, failed, ").waitFor();
  await workbench.screenshot("failed-programs");
  expect(await workbench.rowNames()).toContainEqual(
    expect.stringMatching(/^ghost, failed, .*\/no\/such\/program/),
  );
  expect(await workbench.rowNames()).toContainEqual(
    expect.stringMatching(/^lost, failed, .*\/no\/such\/folder/),
  );
  await workbench.close();
});

test("a stranger at the configuration's address is told apart from a supervisor", async () => {
  const path = session.workspace({ "supervisord.conf": configuration("[program:web]\ncommand=sleep 1000") });
  const stranger = createServer((_, response) => response.writeHead(404).end());
  await listen(stranger, join(path, "s.sock"));
  try {
    const workbench = await openView(path);
    await workbench.welcome().getByText("does not answer as a supervisord does").waitFor({ timeout: 60_000 });
    await workbench.screenshot("unreachable");
    await workbench.close();
  } finally {
    stranger.close();
  }
});

async function openView(path: string): Promise<Workbench> {
  const workbench = await session.open(path);
  await workbench.openView();
  return workbench;
}

async function start(path: string): Promise<Workbench> {
  const workbench = await openView(path);
  await workbench.welcome().getByRole("button", { name: "Start" }).click({ timeout: 60_000 });
  return workbench;
}

async function listen(server: Server, path: string): Promise<void> {
  server.listen(path);
  await once(server, "listening");
}

/** A configuration that keeps all its files beside itself, with these sections added. */
function configuration(...sections: readonly string[]): string {
  return [
    "[supervisord]\nlogfile=%(here)s/d.log\npidfile=%(here)s/d.pid\nchildlogdir=%(here)s",
    "[unix_http_server]\nfile=%(here)s/s.sock",
    "[rpcinterface:supervisor]\nsupervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface",
    "[supervisorctl]\nserverurl=unix://%(here)s/s.sock",
    ...sections,
  ].join("\n\n");
}
