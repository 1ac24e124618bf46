import { writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { decodeResponse } from "../../daemon/xml-rpc/decode.ts";
import { encodeCall } from "../../daemon/xml-rpc/encode.ts";
import type { XmlRpcValue } from "../../daemon/xml-rpc/value.ts";
import { configAround, startDaemonOn } from "./daemon.ts";
import { startRealSupervisord } from "./real-supervisord.ts";
import { scratchFolder } from "./scratch.ts";

/** A daemon that is compared with another: where it keeps its files, and its unix socket there. */
export type Side = { readonly folder: string; readonly socket: string; readonly configFile: string };

/** Our daemon and the real supervisord, each with the same configuration in a folder of its own. */
export type Pair = { readonly ours: Side; readonly real: Side };

/** What became of a call, with what differs between any two runs made alike. */
export type Outcome =
  | { readonly value: XmlRpcValue }
  | { readonly fault: readonly [code: number, text: string] }
  | { readonly status: number };

export type Call = readonly [method: string, ...params: XmlRpcValue[]];

/** Starts both on these programs; they are gone when the test is over. */
export async function startPair(programs: string): Promise<Pair> {
  const [ours, real] = [prepare(programs), prepare(programs)];
  await Promise.all([
    startDaemonOn(ours.folder, ours.configFile),
    startRealSupervisord(real.folder, real.configFile),
  ]);
  // By itself the real one stops its groups one a second.
  onTestFinished(async () => void (await play(real, [["supervisor.stopAllProcesses"]]).catch(() => null)));
  return { ours, real };
}

/** Does the same with both, and returns what each made of it. */
export async function both<T>({ ours, real }: Pair, act: (side: Side) => Promise<T>): Promise<[T, T]> {
  return Promise.all([act(ours), act(real)]);
}

/** Makes calls one after another, and tells what became of each. */
export async function play(side: Side, calls: readonly Call[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const call of calls) outcomes.push(await tell(side, call));
  return outcomes;
}

/** Makes one call over the unix socket. */
async function tell(side: Side, [method, ...params]: Call): Promise<Outcome> {
  const { status, body } = await post(side, encodeCall(method, params));
  if (status !== 200) return { status };
  const answer = await decodeResponse(body);
  if ("fault" in answer) return { fault: [answer.fault.code, alikeText(answer.fault.text, side)] };
  return { value: alike(answer.value, side) };
}

/** One request over a connection of its own: the real supervisord counts characters where it should count bytes. */
function post({ socket }: Side, body: string): Promise<{ status: number; body: Buffer }> {
  return new Promise((done, failed) => {
    const chunks: Buffer[] = [];
    const connection = connect({ path: socket });
    connection.on("data", (chunk) => chunks.push(chunk));
    connection.on("error", failed);
    connection.on("close", () => {
      const answer = Buffer.concat(chunks);
      const end = answer.indexOf("\r\n\r\n");
      const status = /^HTTP\/1\.\d (\d+)/.exec(answer.toString("latin1", 0, 20))?.[1];
      done({ status: Number(status), body: answer.subarray(end + 4) });
    });
    connection.write(`POST /RPC2 HTTP/1.0\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  });
}

function prepare(programs: string): Side {
  const folder = scratchFolder();
  const configFile = join(folder, "supervisord.conf");
  writeFileSync(configFile, configAround(folder, programs));
  return { folder, configFile, socket: join(folder, "s.sock") };
}

/** Members that hold a process id or a time. */
const VARYING = ["pid", "start", "stop", "now"];

function alike(value: XmlRpcValue, side: Side): XmlRpcValue {
  if (typeof value === "string") return alikeText(value, side);
  if (value === null || typeof value !== "object") return value;
  if (isList(value)) return value.map((item) => alike(item, side));
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      VARYING.includes(name) && member !== 0 ? "SOME" : alike(member, side),
    ]),
  );
}

function isList(value: object): value is readonly XmlRpcValue[] {
  return Array.isArray(value);
}

function alikeText(text: string, { folder }: Side): string {
  return text
    .replaceAll(folder, "FOLDER")
    .replace(/---supervisor-\w+\.log/g, "---supervisor-UNIQUE.log")
    .replace(/pid \d+/g, "pid N")
    .replace(/uptime \d+:\d\d:\d\d/g, "uptime T")
    .replace(/[A-Z][a-z]{2} \d\d \d\d:\d\d [AP]M/g, "TIME");
}
