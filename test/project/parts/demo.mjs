// The demo workspace: a copy of the fixture that the person may change, remade when the fixture itself changes.
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "./free-port.mjs";
import { projectNode, root, supervisorctl } from "./places.mjs";
import { run, say } from "./run.mjs";

/** What the demo's servers listen on, as the fixture has it. */
const PORTS = [18471, 18472];

const fixture = join(root, "test/fixtures/demo");

/** Puts the demo into `folder/demo` and returns that path. What the person changed there stays until the fixture changes. */
export async function prepareDemo(folder) {
  const demo = join(folder, "demo");
  const stamp = join(folder, "demo.stamp");
  const digest = digestOf(fixture);
  if (existsSync(demo) && existsSync(stamp) && readFileSync(stamp, "utf8") === digest) return demo;
  mkdirSync(folder, { recursive: true });
  cpSync(fixture, demo, { recursive: true, force: true });
  for (const port of PORTS) replacePort(demo, port, await freePort(port));
  writeFileSync(stamp, digest);
  say(`Copied the demo workspace to ${demo}`);
  return demo;
}

/** Asks the daemon of the demo, if one runs, to shut down, and waits until it has. */
export async function shutDownDemo(demo) {
  const pid = daemonPid(demo);
  if (pid === null) return;
  say("Shutting down the demo's programs ...");
  const { output } = await run(projectNode, [
    supervisorctl,
    "-c",
    join(demo, "supervisord.conf"),
    "shutdown",
  ]);
  if (!(await endsWithin(pid, 20_000)))
    say(`The demo's daemon (pid ${pid}) is still running: ${output.trim()}`);
}

/** Another demo may be running, of another clone or of a test. */
function replacePort(demo, from, to) {
  for (const name of ["supervisord.conf", "README.md"]) {
    const file = join(demo, name);
    writeFileSync(file, readFileSync(file, "utf8").replaceAll(String(from), String(to)));
  }
}

function daemonPid(demo) {
  const file = join(demo, ".supervisord/supervisord.pid");
  const pid = existsSync(file) ? Number(readFileSync(file, "utf8").trim()) : 0;
  return pid > 0 && isAlive(pid) ? pid : null;
}

async function endsWithin(pid, milliseconds) {
  const deadline = Date.now() + milliseconds;
  while (isAlive(pid)) {
    if (Date.now() > deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return true;
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function digestOf(folder) {
  const hash = createHash("sha256");
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  for (const file of entries.map((entry) => join(entry.parentPath ?? entry.path, entry.name)).sort()) {
    hash.update(file).update(readFileSync(file));
  }
  return hash.digest("hex");
}
