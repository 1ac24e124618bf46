import { createServer } from "node:http";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { RequestFailure } from "../../../daemon/client/failure.ts";
import { createRpcClient } from "../../../daemon/client/rpc.ts";
import { Fault } from "../../../daemon/protocol/faults.ts";
import { decodeCall } from "../../../daemon/xml-rpc/decode.ts";
import { encodeFault, encodeResponse } from "../../../daemon/xml-rpc/encode.ts";
import { scratchFolder } from "../../helpers/scratch.ts";

describe("a call", () => {
  test("carries method, parameters and credentials", async () => {
    const server = await serve(() => encodeResponse(true));
    const rpc = createRpcClient({ kind: "unix", path: server.path, username: "u", password: "p:\u00e9" });
    expect(await rpc.startProcess("web", false)).toBe(true);
    expect(server.calls).toEqual([{ method: "supervisor.startProcess", params: ["web", false] }]);
    expect(server.authorizations).toEqual([`Basic ${Buffer.from("u:p:\u00e9").toString("base64")}`]);
  });

  test("that is refused rejects with the fault", async () => {
    const server = await serve(() => encodeFault({ code: 10, text: "BAD_NAME: x" }));
    await expect(client(server.path).getProcessInfo("x")).rejects.toEqual(new Fault(10, "BAD_NAME: x"));
  });

  test("reads what reloadConfig returns", async () => {
    const server = await serve(() => encodeResponse([[["a"], [], ["b", "c"]]]));
    expect(await client(server.path).reloadConfig()).toEqual({
      added: ["a"],
      changed: [],
      removed: ["b", "c"],
    });
  });

  test("that is answered by another shape says what stands there", async () => {
    const server = await serve(() => encodeResponse([{ name: "a", group: "a", pid: "seven" }]));
    await expect(client(server.path).getAllProcessInfo()).rejects.toThrow(
      "cannot use the supervisor's answer: a number was expected where null stands",
    );
  });

  test("is given up after its time", async () => {
    const server = await serve(() => null);
    const call = client(server.path).call("supervisor.getPID", [], { timeoutMs: 50 });
    await expect(call).rejects.toThrow(
      `cannot reach the supervisor at unix://${server.path}: no answer within 0.05 seconds`,
    );
  });

  test("tells apart why nobody answers", async () => {
    const nowhere = join(scratchFolder(), "none.sock");
    const failure = await client(nowhere)
      .getPID()
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(RequestFailure);
    expect(failure).toMatchObject({
      message: `cannot reach the supervisor at unix://${nowhere}: no such file`,
      code: "ENOENT",
      status: null,
    });
  });
});

function client(path: string) {
  return createRpcClient({ kind: "unix", path });
}

/** A server that answers every call by that text; null never answers. */
async function serve(answer: () => string | null) {
  const path = join(scratchFolder(), "s.sock");
  const calls: unknown[] = [];
  const authorizations: (string | undefined)[] = [];
  const server = createServer(async (request, response) => {
    authorizations.push(request.headers.authorization);
    calls.push(await decodeCall(Buffer.concat(await request.toArray())));
    const body = answer();
    if (body !== null) response.end(body);
  });
  await new Promise<void>((done) => server.listen(path, done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { path, calls, authorizations };
}
