import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { createRpcClient } from "../../daemon/client/rpc.ts";
import { isAlive, startDaemon, type TestDaemon, watch } from "../helpers/daemon.ts";
import { both, type Side, startPair } from "../helpers/pair.ts";
import { type Ran, run } from "../helpers/run.ts";

const SUPERVISORCTL = resolve("dist/daemon/supervisorctl.cjs");

function program(name: string, ...options: readonly string[]): string {
  return [`[program:${name}]`, `command=/bin/sleep 100${name.length}`, "startsecs=0", ...options, ""].join(
    "\n",
  );
}

const FIVE = ["a", "b", "c", "d", "e"].map((name) => program(name)).join("");
const GROUPED = `${program("x")}${program("y")}[group:g]\nprograms=x,y\n`;
const INCLUDE = "[include]\nfiles=conf.d/*.conf\n";
const BASE = `${FIVE}${GROUPED}`;

/** Edits of a file, one after the other, by what they do. */
const EDITS: readonly (readonly [does: string, programs: string])[] = [
  ["changes the environment of one", BASE.replace("[program:c]\n", '[program:c]\nenvironment=A="1"\n')],
  ["takes that back", BASE],
  ["adds comments and moves sections", `; words\n\n${GROUPED}${FIVE}`],
  ["changes the log of one", BASE.replace("[program:b]\n", "[program:b]\nstdout_logfile=%(here)s/b.log\n")],
  ["changes the priority of one", BASE.replace("[program:d]\n", "[program:d]\npriority=1\n")],
  ["renames a group", BASE.replace("[group:g]", "[group:h]")],
  ["takes one out of a group", BASE.replace("programs=x,y", "programs=x")],
  ["adds one", `${BASE}${program("new")}`],
  ["removes two", BASE.replace(program("a"), "").replace(program("e"), "")],
  ["includes a file", `${BASE}${INCLUDE}`],
  ["includes it no more", BASE],
];

/** Puts programs into a configuration file whose other sections stay. */
function write({ configFile }: Pick<Side, "configFile">, programs: string): void {
  const text = readFileSync(configFile, "utf8");
  const kept = text.slice(0, text.indexOf("serverurl=")) + (/serverurl=.*\n/.exec(text)?.[0] ?? "");
  writeFileSync(configFile, `${kept}${programs}`);
}

async function pidsOf(side: Pick<Side, "socket">): Promise<Record<string, number>> {
  const infos = await createRpcClient({ kind: "unix", path: side.socket }).getAllProcessInfo();
  return Object.fromEntries(infos.map(({ group, name, pid }) => [`${group}:${name}`, pid]));
}

test("an edit restarts what it changed and nothing else, as with the real supervisord", async () => {
  const pair = await startPair(BASE);
  for (const { folder } of [pair.ours, pair.real]) {
    mkdirSync(join(folder, "conf.d"));
    writeFileSync(join(folder, "conf.d/more.conf"), program("more"));
  }
  for (const [does, programs] of EDITS) {
    const [ours, real] = await both(pair, async (side) => {
      const before = await pidsOf(side);
      write(side, programs);
      const { status, stdout } = await run("/usr/bin/supervisorctl", ["-c", side.configFile, "update"]);
      const after = await pidsOf(side);
      const kept = Object.keys(after).filter((name) => after[name] === before[name]);
      const fresh = Object.keys(after).filter((name) => after[name] !== before[name]);
      return { does, status, lines: stdout.split("\n").sort(), kept, fresh };
    });
    expect(ours).toEqual(real);
    // Never more than the three of which a group or an edit consists.
    expect(ours.fresh.length, does).toBeLessThan(4);
  }
});

/** What may be wrong with a file, and what is said of it: the real supervisord's words, and the place. */
const BROKEN: readonly (readonly [
  what: string,
  breakFile: (daemon: TestDaemon) => void,
  place: RegExp | null,
])[] = [
  [
    "a value of the wrong type",
    (daemon) => write(daemon, `${FIVE}[program:f]\ncommand=/bin/cat\nautostart=perhaps\n`),
    /supervisord\.conf:\d+:11: error: .*perhaps/,
  ],
  [
    "a line that is no option",
    (daemon) => write(daemon, `${FIVE}[program:f]\ncommand=/bin/cat\nwhat is this\n`),
    /supervisord\.conf:\d+:1: error: /,
  ],
  [
    "a program without a command",
    (daemon) => write(daemon, `${FIVE}[program:f]\n`),
    /supervisord\.conf:\d+:1: error: .*command/,
  ],
  [
    "an included file",
    (daemon) => {
      mkdirSync(join(daemon.folder, "conf.d"), { recursive: true });
      writeFileSync(join(daemon.folder, "conf.d/bad.conf"), "[program:g]\ncommand=/bin/cat\nnumprocs=many\n");
      write(daemon, `${FIVE}${INCLUDE}`);
    },
    /conf\.d\/bad\.conf:3:10: error: .*many/,
  ],
  ["the file itself, which is gone", (daemon) => rmSync(daemon.configFile), null],
];

describe("while something is broken, programs run on, and reread and update say where and end with status 1:", () => {
  let ctl: (daemon: TestDaemon, ...words: string[]) => Promise<Ran>;
  beforeAll(() => {
    ctl = (daemon, ...words) =>
      run(process.execPath, [SUPERVISORCTL, "-s", `unix://${daemon.socket}`, ...words], {
        cwd: daemon.folder,
      });
  });

  test.each(BROKEN.map((broken) => ({ what: broken[0], broken })))("$what", async ({ broken }) => {
    const [, breakFile, place] = broken;
    const daemon = await startDaemon(FIVE);
    const before = await pidsOf(daemon);
    const copy = `${daemon.configFile}.kept`;
    writeFileSync(copy, readFileSync(daemon.configFile));
    breakFile(daemon);
    const refusal = await daemon.rpc.reloadConfig().then(String, (error: Error) => error.message);
    expect(refusal).toContain("CANT_REREAD");
    expect(refusal).toContain(place === null ? `could not find config file ${daemon.configFile}` : "");
    if (place !== null) expect(refusal).toMatch(place);
    for (const word of ["reread", "update"]) {
      const { status, stdout } = await ctl(daemon, word);
      expect({ word, status }).toEqual({ word, status: 1 });
      expect(stdout).toMatch(place ?? /could not find config file/);
    }
    expect(await pidsOf(daemon)).toEqual(before);
    expect(Object.values(before).every(isAlive)).toBe(true);
    renameSync(copy, daemon.configFile);
    expect(await ctl(daemon, "reread")).toMatchObject({
      status: 0,
      stdout: "No config updates to processes\n",
    });
  });
});

test("a change of a file that is included since the last reread is told, and so is one that comes beside it", async () => {
  const daemon = await startDaemon(FIVE);
  const events = watch(daemon.address);
  await events.next("snapshot");
  const changed = async (isChanged: boolean) => {
    const seen = events.events.length;
    await events.next(
      "server",
      (event) => event.server.configChanged === isChanged && events.events.indexOf(event) >= seen,
    );
  };
  const steps: (() => void)[] = [
    () => writeFileSync(join(daemon.folder, "conf.d/one.conf"), program("one", "priority=7")),
    () => writeFileSync(join(daemon.folder, "conf.d/two.conf"), program("two")),
    () => rmSync(join(daemon.folder, "conf.d/one.conf")),
  ];
  mkdirSync(join(daemon.folder, "conf.d"));
  writeFileSync(join(daemon.folder, "conf.d/one.conf"), program("one"));
  write(daemon, `${FIVE}${INCLUDE}`);
  await events.next("server", ({ server }) => server.configChanged);
  for (const step of steps) {
    const calm = changed(false);
    await daemon.rpc.reloadConfig();
    await calm;
    const told = changed(true);
    step();
    await told;
  }
  expect(Object.keys(await pidsOf(daemon))).toHaveLength(5);
});

test("a preview tells what an update would change, without secrets, and nothing takes note of it", async () => {
  const daemon = await startDaemon(
    `${program("a", 'environment=DB_PASSWORD="old",V="1"')}${program("gone")}`,
  );
  const before = await daemon.rpc.getAllProcessInfo();
  expect(await daemon.rpc.previewConfig()).toEqual({
    added: [],
    changed: [],
    removed: [],
    sections: [],
    processes: [],
  });
  write(daemon, `${program("a", 'environment=DB_PASSWORD="new",V="2"')}${program("b")}`);
  const preview = await daemon.rpc.previewConfig();
  expect(preview).toMatchObject({ added: ["b"], changed: ["a"], removed: ["gone"], sections: [] });
  expect(preview.processes[0]).toEqual({
    group: "a",
    name: "a",
    kind: "changed",
    options: [
      { name: "environment.DB_PASSWORD", before: "***", after: "*** (another)" },
      { name: "environment.V", before: "1", after: "2" },
    ],
  });
  expect((await daemon.rpc.getAllProcessInfo()).map(({ pid }) => pid)).toEqual(before.map(({ pid }) => pid));
  expect((await daemon.rpc.getAllConfigInfo()).map(({ name }) => name)).toEqual(["a", "gone"]);
  write(daemon, "[program:a]\n");
  await expect(daemon.rpc.previewConfig()).rejects.toThrow(/command/);
});
