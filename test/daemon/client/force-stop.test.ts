import { expect, test } from "vitest";
import { forceStopOf } from "../../../daemon/client/force-stop.ts";
import { createRpcClient, type RpcClient } from "../../../daemon/client/rpc.ts";
import { Fault } from "../../../daemon/protocol/faults.ts";
import type { XmlRpcValue } from "../../../daemon/xml-rpc/value.ts";

type Answer = XmlRpcValue | Fault;

/** A client of a supervisor that knows these methods only, and a record of what was asked of it. */
function clientOf(answers: Readonly<Record<string, Answer>>): { rpc: RpcClient; asked: string[] } {
  const asked: string[] = [];
  const call = async (method: string): Promise<XmlRpcValue> => {
    asked.push(method);
    const answer = answers[method] ?? new Fault(1, "UNKNOWN_METHOD");
    if (answer instanceof Fault) throw answer;
    return answer;
  };
  const real = createRpcClient({ kind: "unix", path: "/nowhere" });
  const ask = (name: string) => () => call(`supervisor.${name}`);
  const rpc = { ...real, call, stopProcess: ask("stopProcess"), signalProcess: ask("signalProcess") };
  return { rpc, asked };
}

const NOT_RUNNING = new Fault(70, "NOT_RUNNING: web");

test("our daemon is asked for it in one call", async () => {
  const { rpc, asked } = clientOf({ "supervisord.forceStopProcess": true });
  await forceStopOf(rpc).one("web");
  expect(asked).toEqual(["supervisord.forceStopProcess"]);
});

test("a real supervisord is told to stop without waiting, and to send SIGKILL", async () => {
  const { rpc, asked } = clientOf({ "supervisor.stopProcess": true, "supervisor.signalProcess": true });
  await forceStopOf(rpc).one("web");
  expect(asked.slice(1)).toEqual(["supervisor.stopProcess", "supervisor.signalProcess"]);
});

test("a program that is being stopped already is killed, and one that ended meanwhile is stopped", async () => {
  const stopping = clientOf({ "supervisor.stopProcess": NOT_RUNNING, "supervisor.signalProcess": true });
  await expect(forceStopOf(stopping.rpc).one("web")).resolves.toBeUndefined();
  const ended = clientOf({ "supervisor.stopProcess": true, "supervisor.signalProcess": NOT_RUNNING });
  await expect(forceStopOf(ended.rpc).one("web")).resolves.toBeUndefined();
});

test("one that is down is refused as stop refuses it", async () => {
  const { rpc } = clientOf({
    "supervisor.stopProcess": NOT_RUNNING,
    "supervisor.signalProcess": NOT_RUNNING,
  });
  await expect(forceStopOf(rpc).one("web")).rejects.toMatchObject({ code: 70 });
});

test("a supervisord that cannot send signals is named as the reason", async () => {
  const { rpc } = clientOf({ "supervisor.stopProcess": true });
  await expect(forceStopOf(rpc).one("web")).rejects.toThrow("older than 3.2 and cannot send SIGKILL");
});
