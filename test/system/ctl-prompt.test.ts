import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { type CtlStage, OURS, setRunningStage } from "../helpers/ctl-stage.ts";
import { configAround } from "../helpers/daemon.ts";

const PROGRAMS =
  "[program:cat]\ncommand=/bin/cat\nstartsecs=0\n[program:idle]\ncommand=/bin/sleep 1000\nautostart=false\n";

const CTRL_C = "\u0003";
const CTRL_D = "\u0004";
const UP = "\u001b[A";

test("the prompt completes words, interrupts what runs, and remembers lines", async () => {
  const stage = await setRunningStage(OURS, (folder) => configAround(folder, PROGRAMS));
  const history = join(stage.folder, "history");
  const screen = atTerminal(stage, ["-r", history]);
  await screen.shows("idle  ", "supervisor> ");

  screen.type("stat\t");
  await screen.shows("status ");
  screen.type("ca\t");
  await screen.shows("cat ");
  screen.type("\r");
  await screen.shows("cat", "RUNNING", "supervisor> ");

  screen.type("tail -f cat\r");
  await screen.shows("Press Ctrl-C");
  screen.type(CTRL_C);
  await screen.shows("supervisor> ");

  screen.type("fg cat\r");
  await screen.shows("Press Ctrl-C");
  screen.type("echoed\r");
  await screen.shows("echoed", "echoed");
  screen.type(CTRL_C);
  await screen.shows("Exiting foreground", "supervisor> ");

  screen.type("shutdown\r");
  await screen.shows("y/N? ");
  screen.type("n\r");
  await screen.shows("supervisor> ");
  screen.type(`${UP.repeat(6)}\r`);
  await screen.shows("status cat", "RUNNING", "supervisor> ");
  screen.type(CTRL_D);
  expect(await screen.left).toBe(0);
  expect(readFileSync(history, "utf8")).toBe("tail -f cat\nfg cat\nechoed\nshutdown\nn\nstatus cat \n");
});

test("the prompt asks for a password, shows it nowhere and keeps it out of the history", async () => {
  const locked = (folder: string) =>
    configAround(folder, PROGRAMS).replace(
      "s.sock\n[supervisord]",
      "s.sock\nusername=u\npassword=secret\n[supervisord]",
    );
  const stage = await setRunningStage(OURS, locked);
  const history = join(stage.folder, "history");
  const screen = atTerminal(stage, ["-r", history]);
  await screen.shows("Server requires authentication", "Username:");
  screen.type("u\r");
  await screen.shows("Password:");
  screen.type("secret\r");
  await screen.shows("idle  ", "supervisor> ");
  screen.type("quit\r");
  expect(await screen.left).toBe(0);
  expect(screen.all()).not.toContain("secret");
  expect(readFileSync(history, "utf8")).toBe("u\nquit\n");
});

/** Runs the client at a terminal of its own. */
function atTerminal({ ctl, configFile }: CtlStage, args: readonly string[]) {
  const command = [ctl.program, ...ctl.args, "-c", configFile, ...args];
  const inTerminal = "import os,pty,sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))";
  const child = spawn("python3", ["-c", inTerminal, ...command], { env: { ...process.env, TERM: "xterm" } });
  let text = "";
  let read = 0;
  let look = () => {};
  child.stdout.setEncoding("utf8").on("data", (data: string) => {
    text += data;
    look();
  });
  const left = new Promise<number | null>((done) => child.on("close", done));
  onTestFinished(() => void child.kill());

  function showsOne(wanted: string): Promise<void> {
    return new Promise((done) => {
      look = () => {
        const seen = stripVTControlCharacters(text);
        const at = seen.indexOf(wanted, read);
        if (at === -1) return;
        look = () => {};
        read = at + wanted.length;
        done();
      };
      look();
    });
  }

  return {
    left,
    all: () => text,
    type: (keys: string) => void child.stdin.write(keys),
    /** Resolves once these have appeared, one after another, since the last that were waited for. */
    async shows(...wanted: readonly string[]): Promise<void> {
      for (const one of wanted) await showsOne(one);
    },
  };
}
