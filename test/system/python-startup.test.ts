import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type PythonStartup, preparePythonStartup } from "../../extension/debug/python-startup.ts";

let folder: string;
let startup: PythonStartup;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "py-"));
  startup = preparePythonStartup(join(folder, "spare"));
});

afterEach(() => {
  startup.dispose();
  rmSync(folder, { recursive: true });
});

const TELLS =
  "import json, os, sys; print(json.dumps([os.environ.get('PYTHONPATH'), sys.path, os.getpid()]))";

/** What a Python without packages of its own tells of its PYTHONPATH, its path and its pid. */
function runPython(earlier = "", words = ["-c", TELLS]): [string | null, string[], number] {
  const env = join(folder, "env");
  mkdirSync(join(env, "bin"), { recursive: true });
  writeFileSync(join(env, "pyvenv.cfg"), "home = /usr/bin\ninclude-system-site-packages = false\n");
  symlinkSync("/usr/bin/python3", join(env, "bin/python"));
  const path = startup.variables.PYTHONPATH.replace("%(ENV_PYTHONPATH)s", earlier);
  const options = { cwd: folder, env: { PYTHONPATH: path }, encoding: "utf8" } as const;
  return JSON.parse(execFileSync(join(env, "bin/python"), words, options));
}

/** Puts a module there that stands in for the debugger. */
function writeDebugger(text: string): void {
  mkdirSync(join(folder, "spare"));
  writeFileSync(join(folder, "spare/debugpy.py"), text);
}

test("a Python without a debugger is told of, and finds nothing changed", () => {
  const [variable, path] = runPython();
  expect(startup.report()).toEqual({ kind: "missing", interpreter: join(folder, "env/bin/python") });
  expect(variable).toBeNull();
  expect(path.filter((entry) => entry.includes("supervisord-debug") || entry === folder)).toEqual([]);
});

test("the spare debugger serves it, and the port is told with the pid", () => {
  writeDebugger("def listen(address): return (address[0], 4711 if address == ('127.0.0.1', 0) else 1)\n");
  const [, , pid] = runPython();
  expect(startup.report()).toEqual({ kind: "listens", pid, port: 4711 });
});

test("a debugger that fails is told of with its reason", () => {
  writeDebugger("def listen(address): raise RuntimeError('no room')\n");
  runPython();
  expect(startup.report()).toEqual({ kind: "failed", reason: "no room" });
});

test("the folders of PYTHONPATH, and a sitecustomize of its own, stay in force", () => {
  const own = join(folder, "own");
  mkdirSync(own);
  writeFileSync(join(own, "sitecustomize.py"), "import os\nos.environ['PYTHONPATH'] += ' seen'\n");
  const [variable, path] = runPython([own, "/other"].join(delimiter));
  expect(variable).toBe(`${own}:/other seen`);
  expect(path).toEqual(expect.arrayContaining([own, "/other"]));
});

test("a program that runs under debugpy anyway is left alone", () => {
  writeDebugger(TELLS);
  runPython(join(folder, "spare"), ["-m", "debugpy"]);
  expect(startup.report()).toBeNull();
});
