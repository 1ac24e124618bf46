import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import type { ServerAddress } from "../../daemon/client/address.ts";
import { createRpcClient, type RpcClient } from "../../daemon/client/rpc.ts";
import type { ServerState } from "../../extension/model/server.ts";
import type { Target } from "../../extension/model/target.ts";
import { connect } from "../../extension/servers/connection.ts";
import { LogFeed } from "../../extension/servers/log-feed.ts";
import { configAround, startDaemonOn } from "../helpers/daemon.ts";
import { freePort } from "../helpers/free-port.ts";
import { startRealSupervisord } from "../helpers/real-supervisord.ts";
import { scratchFolder } from "../helpers/scratch.ts";

const WAIT = { timeout: 20_000, interval: 20 };
const WEB: Target = { kind: "process", server: "s", group: "web", name: "web" };

/** Counts up, ten lines a second; each run begins at 1. */
const COUNT = "i=0; while :; do i=$((i+1)); printf 'FORM\\n' $i; sleep 0.1; done";
const PROGRAMS = `[program:web]
command=/bin/sh -c "${COUNT}"
startsecs=0
redirect_stderr=true
stdout_logfile=%(here)s/web.log
[program:quiet]
command=/bin/sh -c 'echo only; exec sleep 1000'
startsecs=0
autostart=false
stdout_logfile=%(here)s/quiet.log
redirect_stderr=true
`;

const IN_COLOURS = "\\\\033[32mline %%d\\\\033[0m ä";

/** Over HTTP, where its files may be elsewhere, a real supervisord cannot put colours into its answers. */
describe.each([
  ["ours", "unix", IN_COLOURS],
  ["Supervisor's", "unix", IN_COLOURS],
  ["Supervisor's", "http", "line %%d ä"],
] as const)("with %s by %s", (...whose) => {
  test("all of a log is shown once, through restarts of the program and of the supervisor", async () => {
    const stage = await startStage(whose);
    const feed = stage.follow(WEB);
    await vi.waitFor(() => expect(lines(feed.text())).toBeGreaterThan(5), WAIT);
    await stage.rpc.stopProcess("web");
    await stage.rpc.startProcess("web");
    await vi.waitFor(() => expect(feed.marks().join("\n")).toMatch(/web ended · pid.*\nweb started/), WAIT);
    await stage.restart();
    const until = lines(feed.text());
    await vi.waitFor(() => expect(lines(feed.text())).toBeGreaterThan(until + 10), WAIT);
    await stage.rpc.stopProcess("web");
    await vi.waitFor(
      () => expect(feed.text()).toBe(readFileSync(join(stage.folder, "web.log"), "utf8")),
      WAIT,
    );
  });

  test("what is more than the history is said to be in the file, and the first line is whole", async () => {
    const stage = await startStage(whose, `${"x".repeat(98)}é\n`.repeat(2000));
    const feed = stage.follow(WEB);
    await vi.waitFor(() => expect(lines(feed.text())).toBeGreaterThan(2), WAIT);
    expect(feed.marks()[0]).toMatch(/^\d+ KiB before this are in .*web\.log$/);
    expect(feed.text()).toMatch(/^x{98}é\n/);
    expect(feed.text().length).toBeLessThan(70 * 1024);
  });

  test("the log of a program that never ran is followed from its first line", async () => {
    const stage = await startStage(whose);
    const feed = stage.follow({ kind: "process", server: "s", group: "quiet", name: "quiet" });
    await stage.rpc.startProcess("quiet");
    await vi.waitFor(() => expect(feed.text()).toBe("only\n"), WAIT);
  });

  test("a group is followed as a whole, and a log that is cleared goes on", async () => {
    const stage = await startStage(whose);
    const feed = stage.follow({ kind: "server", server: "s" });
    await stage.rpc.startProcess("quiet");
    await vi.waitFor(() => expect(feed.text()).toContain("only\n"), WAIT);
    await stage.rpc.clearProcessLogs("web");
    const until = lines(feed.text());
    await vi.waitFor(() => expect(lines(feed.text())).toBeGreaterThan(until + 5), WAIT);
  });
});

/** How many lines the program's output has. */
function lines(text: string): number {
  return text.match(/line \d+/g)?.length ?? 0;
}

/** A supervisor on the programs, and feeds of its logs as a window has them. */
async function startStage([whose, way, form]: readonly [string, "unix" | "http", string], earlier = "") {
  const folder = scratchFolder();
  const configFile = join(folder, "supervisord.conf");
  const port = await freePort();
  const http = `[inet_http_server]\nport=127.0.0.1:${port}\n`;
  writeFileSync(configFile, configAround(folder, PROGRAMS.replace("FORM", () => form) + http));
  if (earlier !== "") writeFileSync(join(folder, "web.log"), earlier);
  const address: ServerAddress =
    way === "unix"
      ? { kind: "unix", path: join(folder, "s.sock") }
      : { kind: "http", url: `http://127.0.0.1:${port}` };
  const rpc = createRpcClient(address);
  const start = async () => {
    if (whose === "ours") return (await startDaemonOn(folder, configFile)).process;
    await startRealSupervisord(folder, configFile);
    return null;
  };
  const child = await start();
  const window = watchServer(address, rpc);
  const restart = async () => {
    // Ours may be killed, and another takes its programs over; Supervisor would lose them.
    if (child === null) {
      // It is back before anybody who only asks now and then takes note.
      await rpc.restart();
      return;
    }
    child.kill("SIGKILL");
    await vi.waitFor(() => expect(window.state().kind).toBe("notRunning"), WAIT);
    await start();
    await vi.waitFor(() => window.look(), WAIT);
  };
  return { folder, rpc, restart, follow: window.follow };
}

/** What a window knows of a supervisor, and how it follows its logs. */
function watchServer(address: ServerAddress, client: RpcClient) {
  let state: ServerState = { kind: "notRunning" };
  const feeds = new Set<LogFeed>();
  const told = (next: ServerState) => {
    state = next;
    for (const feed of feeds) feed.catchUp();
  };
  const servers = {
    get views() {
      return [{ key: "s", configFile: "/s", url: null, state }];
    },
    find: () => ({ client: state.kind === "connected" ? client : null }),
  };
  let connection = open();
  onTestFinished(() => connection.close());
  function open() {
    return connect(
      address,
      { isWatched: true, policy: { kind: "keep" } },
      {
        onProcesses: (info, processes) => told({ kind: "connected", address: "s", info, processes }),
        onLost: () => told({ kind: "notRunning" }),
      },
    );
  }
  const look = () => {
    if (state.kind === "connected") return;
    connection.close();
    connection = open();
    throw new Error("not connected yet");
  };
  const follow = (target: Target) => {
    let text = "";
    const marks: string[] = [];
    const reader = {
      onOutput: (_: unknown, piece: string) => {
        text += piece;
      },
      onMark: (words: string) => {
        marks.push(words);
      },
    };
    const feed = new LogFeed(servers, target, reader, String);
    feeds.add(feed);
    onTestFinished(() => feed.dispose());
    return { text: () => text, marks: () => marks };
  };
  return { follow, look, state: () => state };
}
