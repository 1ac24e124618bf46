import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { SUPERVISORD, testEnvironment } from "../helpers/daemon.ts";
import { type Ran, run } from "../helpers/run.ts";
import { scratchFolder } from "../helpers/scratch.ts";

const SLOW_TO_STOP =
  "[supervisord]\n[program:a]\ncommand=/bin/cat\nstopwaitsecs=60\n[program:b]\ncommand=/bin/cat\nstopwaitsecs=40\nstop_tree=false\n";

/** Prints a unit for a configuration whose path has what unit files treat specially. */
async function printUnit(kind: string, text = SLOW_TO_STOP): Promise<Ran & { readonly file: string }> {
  const folder = join(scratchFolder(), "100% of a $place & <more>");
  mkdirSync(folder);
  const file = join(folder, "supervisord.conf");
  writeFileSync(file, text);
  const args = [SUPERVISORD, "--print-unit", kind, "-c", "supervisord.conf"];
  return { ...(await run(process.execPath, args, { cwd: folder, env: testEnvironment(folder) })), file };
}

test("a unit for systemd names this installation and configuration, and is valid", async () => {
  const { status, stdout, file } = await printUnit("systemd");
  expect(status).toBe(0);
  const shown = file.replaceAll("%", "%%").replaceAll("$", "$$$$");
  expect(stdout).toContain(`ExecStart="${process.execPath}" "${SUPERVISORD}" "-n" "-c" "${shown}"\n`);
  // Groups stop one after another, and with stop_tree what a program left behind has its own time.
  expect(stdout).toContain("TimeoutStopSec=170\n");
  if (!existsSync("/usr/bin/systemd-analyze")) return;
  const unit = join(scratchFolder(), "supervisord.service");
  writeFileSync(unit, stdout);
  const verified = await run("/usr/bin/systemd-analyze", ["verify", "--man=no", unit]);
  const about = `${verified.stdout}${verified.stderr}`
    .split("\n")
    .filter((line) => line.includes("supervisord.service"));
  expect(about).toEqual([]);
});

test("a property list for launchd says the same", async () => {
  const { stdout, file } = await printUnit("launchd");
  const list = join(scratchFolder(), "supervisord.plist");
  writeFileSync(list, stdout);
  const script = "import json,plistlib,sys; print(json.dumps(plistlib.load(open(sys.argv[1],'rb'))))";
  const read = await run("python3", ["-c", script, list]);
  expect(JSON.parse(read.stdout)).toMatchObject({
    Label: "supervisord",
    ProgramArguments: [process.execPath, SUPERVISORD, "-n", "-c", file],
    RunAtLoad: true,
    KeepAlive: { SuccessfulExit: false },
    ExitTimeOut: 170,
  });
});

test("a configuration that is refused gets no unit", async () => {
  const { status, stdout, stderr } = await printUnit("systemd", "[supervisord]\nloglevel=loud\n");
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toContain("bad logging level name 'loud'");
});

test("another kind is refused", async () => {
  const { status, stderr } = await printUnit("upstart");
  expect(status).toBe(2);
  expect(stderr).toContain("Error: invalid value for --print-unit 'upstart': it is systemd or launchd\n");
});
