import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { SUPERVISORD } from "../helpers/daemon.ts";
import { type Ran, run } from "../helpers/run.ts";
import { scratchFolder } from "../helpers/scratch.ts";

function check(text: string, ...args: readonly string[]): Promise<Ran> & { readonly file: string } {
  const file = join(scratchFolder(), "supervisord.conf");
  writeFileSync(file, text);
  return Object.assign(run(process.execPath, [SUPERVISORD, "--check", "-c", file, ...args]), { file });
}

const CLEAN = "[supervisord]\n[program:web]\ncommand=/bin/sleep 1000\nstopasgroup=true\n";
const TRAP = CLEAN.replace("command=/bin/sleep 1000", "command=/bin/sleep 1000\nautorestrat=true");

test("--check says nothing of a clean configuration and ends with 0", async () => {
  expect(await check(CLEAN)).toEqual({ status: 0, stdout: "", stderr: "" });
});

test("--check prints warnings with their place and ends with 0, with --strict as errors and with 2", async () => {
  const lax = check(TRAP);
  expect(await lax).toMatchObject({ status: 0, stderr: "" });
  expect((await lax).stdout).toMatch(/^\S+:4:1: warning: .*autorestrat.*autorestart.* \[[a-z.-]+\]\n$/);
  const strict = await check(TRAP, "--strict");
  expect(strict.status).toBe(2);
  expect(strict.stdout).toMatch(/:4:1: error: /);
});

test("--check prints Supervisor's own message for what it refuses and ends with 2", async () => {
  const checked = check("[supervisord]\n[program:web]\ncommand=/bin/cat\nautostart=perhaps\n");
  const { status, stdout } = await checked;
  expect(status).toBe(2);
  expect(stdout).toContain(`${checked.file}:4:11: error: `);
  expect(stdout).toContain("Error: not a valid boolean value: 'perhaps'");
});

test("--check --format json prints the resolved configuration", async () => {
  const { status, stdout } = await check(CLEAN, "--format", "json");
  expect(status).toBe(0);
  const resolved = JSON.parse(stdout) as {
    ok: boolean;
    groups: { name: string; processes: { command: string }[] }[];
  };
  expect(resolved.ok).toBe(true);
  expect(resolved.groups.map(({ name, processes }) => [name, processes[0]?.command])).toEqual([
    ["web", "/bin/sleep 1000"],
  ]);
});

test("--lenient reads a fragment, and looks for no folder or user", async () => {
  const fragment =
    "[program:web]\ncommand=/bin/cat\nuser=nobody-at-all\nstdout_logfile=/no/such/folder/web.log\n";
  expect((await check(fragment, "--format=json")).status).toBe(2);
  const { status, stdout } = await check(fragment, "--format=json", "--lenient");
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ ok: true, fragment: true });
});

test("--dialect 4.4 reads quotes inside a word as the coming release does", async () => {
  const text = `${CLEAN}environment=A=pre"fix"\n`;
  const environmentIn = async (dialect: string) => {
    const { stdout } = await check(text, "--format=json", "--dialect", dialect);
    return JSON.parse(stdout).groups?.[0]?.processes[0]?.environment?.A;
  };
  expect(await environmentIn("4.4")).toBe("prefix");
  expect(await environmentIn("4.3")).not.toBe("prefix");
});

test("a wrong value of an option is refused with the ones that are right", async () => {
  const { status, stderr } = await check(CLEAN, "--format", "yaml");
  expect(status).toBe(2);
  expect(stderr).toContain("text or json");
});
