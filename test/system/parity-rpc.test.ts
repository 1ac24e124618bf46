import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { XmlRpcValue } from "../../daemon/xml-rpc/value.ts";
import { both, type Call, type Outcome, type Pair, play, type Side, startPair } from "../helpers/pair.ts";
import { PROGRAMS, steadyPrograms } from "../helpers/parity-programs.ts";

/** What every method is called with, fitting or not. */
const ARGUMENTS: readonly (readonly XmlRpcValue[])[] = [
  [],
  ["nobody"],
  ["web"],
  ["web:web"],
  ["pair:"],
  ["pair:a"],
  ["pair:nobody"],
  ["nobody:*"],
  [""],
  [":"],
  ["*:*"],
  ["web:web:web"],
  [18],
  [false],
  [[]],
  [{ a: 1 }],
  ["web", ""],
  ["web", "NONSENSE"],
  ["web", "sigcont"],
  ["web", 18],
  ["web", []],
  ["nobody", "x"],
  [0, 10],
  ["0", "10"],
  [5, -1],
  ["web", 0, 5],
  ["web", "0", "5"],
  ["web", -3, 0],
  ["web", -3, 5],
  ["web", 0, -1],
  ["web", 1.9, 2.9],
  ["web", true, true],
  ["web", [], {}],
  ["nobody", 0, 0],
  ["pair:*", 0, 0],
  ["web", 0, 0, 0],
];

/** What no two daemons answer alike, and what would end them. */
const NOT_COMPARED = ["getPID", "getSupervisorVersion", "readLog", "readMainLog", "shutdown", "restart"];

test("methods and their signatures are the same, and each has a help text", async () => {
  const pair = await startPair(PROGRAMS);
  const names = await methodsOf(pair);
  await same(pair, [["system.listMethods"], ...names.map((name): Call => ["system.methodSignature", name])]);
  await same(pair, [
    ["system.methodHelp", "nobody"],
    ["system.methodSignature", "nobody"],
    ["system.methodSignature", 7],
  ]);
  const help = await play(
    pair.ours,
    names.map((name): Call => ["system.methodHelp", name]),
  );
  expect(help.map((outcome) => "value" in outcome && String(outcome.value).length > 10)).not.toContain(false);
});

test("every method answers fitting and unfitting arguments alike", { timeout: 240_000 }, async () => {
  const pair = await startPair(steadyPrograms());
  await up(pair);
  const names = (await methodsOf(pair)).filter((name) => !NOT_COMPARED.includes(name.split(".")[1] ?? ""));
  const calls = names.flatMap((name) => ARGUMENTS.map((args): Call => [name, ...args]));
  expect(calls.length).toBeGreaterThan(1000);
  await same(pair, calls);
});

test("processes are started, stopped and signalled alike in every state", async () => {
  const pair = await startPair(PROGRAMS);
  await settled(pair);
  const inEveryState = ["slow", "idle", "web", "once", "bad", "quick", "retrying", "ghost", "folder", "text"];
  for (const name of [...inEveryState, "unclosed", "silent", "näme"]) {
    await same(pair, [
      ["supervisor.getProcessInfo", name],
      ["supervisor.signalProcess", name, "CONT"],
      ["supervisor.sendProcessStdin", name, ""],
      ["supervisor.readProcessStdoutLog", name, 0, 0],
      ["supervisor.tailProcessStderrLog", name, 0, 1000],
      ["supervisor.stopProcess", name],
      ["supervisor.startProcess", name],
      ["supervisor.startProcess", name],
      ["supervisor.stopProcess", name, false],
    ]);
  }
});

test("a process that takes its time is waited for alike", async () => {
  const pair = await startPair(PROGRAMS);
  await settled(pair);
  await same(pair, [
    ["supervisor.startProcess", "slow", false],
    ["supervisor.getProcessInfo", "slow"],
    ["supervisor.startProcess", "slow"],
    ["supervisor.stopProcess", "slow"],
    ["supervisor.getProcessInfo", "slow"],
    ["supervisor.startProcess", "deaf"],
  ]);
  await both(pair, ({ folder }) => logged(folder, "deaf", "ready\n"));
  await same(pair, [
    ["supervisor.stopProcess", "deaf", false],
    ["supervisor.getProcessInfo", "deaf"],
    ["supervisor.stopProcess", "deaf"],
    ["supervisor.signalProcess", "deaf", "CONT"],
    ["supervisor.sendProcessStdin", "deaf", "x"],
    ["supervisor.startProcess", "deaf", false],
    ["supervisor.removeProcessGroup", "deaf"],
  ]);
});

test("groups are started, stopped, signalled, removed and added alike", async () => {
  const pair = await startPair(PROGRAMS);
  await settled(pair);
  await same(pair, [
    ["supervisor.startProcessGroup", "many"],
    ["supervisor.startProcess", "many:*"],
    ["supervisor.signalProcessGroup", "many", "CONT"],
    ["supervisor.signalProcess", "pair:", "NONSENSE"],
    ["supervisor.stopProcess", "many:many_01"],
    ["supervisor.signalProcessGroup", "many", "CONT"],
    ["supervisor.stopProcess", "many:*", false],
    ["supervisor.stopProcessGroup", "pair"],
    ["supervisor.startProcess", "pair:*", false],
    ["supervisor.removeProcessGroup", "pair"],
    ["supervisor.stopProcessGroup", "pair"],
    ["supervisor.removeProcessGroup", "pair"],
    ["supervisor.removeProcessGroup", "pair"],
    ["supervisor.getProcessInfo", "pair:a"],
    ["supervisor.addProcessGroup", "pair"],
    ["supervisor.addProcessGroup", "pair"],
    ["supervisor.getAllConfigInfo"],
    ["supervisor.getAllProcessInfo"],
  ]);
});

test("all processes are stopped, started and cleared alike", async () => {
  const pair = await startPair(steadyPrograms());
  await up(pair);
  await same(pair, [
    ["supervisor.clearAllProcessLogs"],
    ["supervisor.signalAllProcesses", "CONT"],
    ["supervisor.stopAllProcesses"],
    ["supervisor.startAllProcesses", false],
    ["supervisor.stopAllProcesses", false],
  ]);
});

test("a changed configuration is read, and a broken one refused, alike", async () => {
  const pair = await startPair(PROGRAMS);
  const edited = (text: string) =>
    text
      .replace("[group:pair]\nprograms=a,b", "[group:couple]\nprograms=a,b")
      .replace("/bin/cat", "/bin/cat -u");
  await bothFiles(pair, edited);
  await same(pair, [["supervisor.reloadConfig"], ["supervisor.addProcessGroup", "couple"]]);
  await bothFiles(pair, (text) => text.replace("numprocs=2", "numprocs=many"));
  const [ours, real] = await both(pair, (side) => play(side, [["supervisor.reloadConfig"]]));
  expect(firstLine(ours[0])).toEqual(firstLine(real[0]));
  await same(pair, [["supervisor.getState"]]);
});

test("logs are read and followed alike, at every offset", async () => {
  const pair = await startPair(PROGRAMS);
  await settled(pair);
  const text = "0123456789";
  await both(pair, async ({ folder }) => appendFileSync(`${folder}/cat.log`, text));
  const offsets = [-20, -10, -3, 0, 3, 9, 10, 20];
  const lengths = [-1, 0, 1, 5, 10, 50];
  const methods = ["readProcessStdoutLog", "readProcessStderrLog", "tailProcessStdoutLog", "tailProcessLog"];
  const calls = methods.flatMap((method) =>
    offsets.flatMap((offset) =>
      lengths.map((length): Call => [`supervisor.${method}`, "cat", offset, length]),
    ),
  );
  await same(pair, calls);
  await same(pair, [
    ["supervisor.clearProcessLogs", "cat"],
    ["supervisor.readProcessStdoutLog", "cat", 0, 0],
    ["supervisor.clearProcessLogs", "idle"],
    ["supervisor.readProcessStdoutLog", "idle", 0, 0],
    ["supervisor.readProcessStdoutLog", "silent", 0, 0],
    ["supervisor.readProcessStderrLog", "cat", 0, 0],
    ["supervisor.tailProcessStdoutLog", "silent", 0, 10],
    ["supervisor.readProcessStdoutLog", "näme", 0, 0],
    ["supervisor.clearLog"],
  ]);
});

test("several calls in one are made in order, waits included", async () => {
  const pair = await startPair(PROGRAMS);
  await settled(pair);
  const call = (methodName: string, ...params: XmlRpcValue[]) => ({ methodName, params });
  await same(pair, [
    ["system.multicall", []],
    ["system.multicall", [{}]],
    ["system.multicall", [{ methodName: "supervisor.getState" }]],
    ["system.multicall", [call("system.multicall", [])]],
    ["system.multicall", [call("nobody"), call("supervisor.getState", "too many")]],
    [
      "system.multicall",
      [
        call("supervisor.stopProcess", "web"),
        call("supervisor.startProcess", "slow"),
        call("supervisor.getProcessInfo", "slow"),
        call("supervisor.stopProcessGroup", "pair"),
        call("supervisor.startProcess", "quick"),
        call("supervisor.startProcess", "web", false),
        call("supervisor.stopProcess", "nobody"),
      ],
    ],
    ["system.multicall", [call("supervisor.shutdown"), call("supervisor.getState")]],
  ]);
});

/** Plays calls on both, and compares call by call; where the real one breaks down, ours refuses in a sentence. */
async function same(pair: Pair, calls: readonly Call[]): Promise<void> {
  const [ours, real] = await both(pair, (side) => play(side, calls));
  const brokeDown = real.map((outcome) => "status" in outcome && outcome.status === 500);
  const told = (outcomes: readonly Outcome[]) =>
    outcomes.map((outcome, i) => ({
      call: JSON.stringify(calls[i]),
      outcome: brokeDown[i] ? "refused" : inOrderOfNames(outcome),
    }));
  const refused = ours.filter((outcome, i) => brokeDown[i] && !isRefused(outcome));
  expect(refused).toEqual([]);
  expect(told(ours)).toEqual(told(real));
}
/** Ours may refuse the whole call, or each of its parts. */
function isRefused(outcome: Outcome): boolean {
  return "fault" in outcome || ("status" in outcome && outcome.status === 400);
}

/** Waits until what starts by itself is up, and what ends by itself has ended. */
async function settled(pair: Pair): Promise<void> {
  await up(pair);
  await both(pair, async (side) => {
    await expect.poll(() => stateOf(side, "bad"), { timeout: 10_000 }).toBe("EXITED");
    await expect.poll(() => stateOf(side, "once"), { timeout: 10_000 }).toBe("EXITED");
  });
}

/** Waits until what starts by itself is up. */
async function up(pair: Pair): Promise<void> {
  await both(pair, async (side) => {
    await expect.poll(() => stateOf(side, "näme"), { timeout: 10_000 }).toBe("RUNNING");
    await logged(side.folder, "web", "hello\n");
  });
}

async function logged(folder: string, name: string, text: string): Promise<void> {
  await expect.poll(() => readFileSync(`${folder}/${name}.log`, "utf8"), { timeout: 10_000 }).toBe(text);
}

async function stateOf(side: Side, name: string): Promise<unknown> {
  const [outcome] = await play(side, [["supervisor.getProcessInfo", name]]);
  return outcome !== undefined && "value" in outcome ? Object(outcome.value).statename : null;
}

async function methodsOf({ real }: Pair): Promise<string[]> {
  const [outcome] = await play(real, [["system.listMethods"]]);
  return outcome !== undefined && "value" in outcome && Array.isArray(outcome.value) ? outcome.value : [];
}

async function bothFiles(pair: Pair, edit: (text: string) => string): Promise<void> {
  await both(pair, async ({ configFile }) => {
    writeFileSync(configFile, edit(readFileSync(configFile, "utf8")));
  });
}

/** Many are reported in the order in which they were done with, which differs from run to run. */
function inOrderOfNames(outcome: Outcome): unknown {
  return "value" in outcome ? { ...outcome, value: sortResults(outcome.value) } : outcome;
}

/** Also inside the results of a multicall. */
function sortResults(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  const isResults = value.length > 0 && value.every((result) => "status" in Object(result));
  if (!isResults) return value.map(sortResults);
  return [...value].sort((a, b) => (`${a.group}:${a.name}` < `${b.group}:${b.name}` ? -1 : 1));
}

/** Ours adds where in the file the mistake is. */
function firstLine(outcome: Outcome | undefined): unknown {
  return outcome !== undefined && "fault" in outcome ? outcome.fault[1].split("\n")[0] : outcome;
}
