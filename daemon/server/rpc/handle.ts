import type { IncomingMessage, ServerResponse } from "node:http";
import { Fault } from "../../protocol/faults.ts";
import { decodeCall, MAX_CALL_BYTES, type MethodCall } from "../../xml-rpc/decode.ts";
import { encodeFault, encodeResponse } from "../../xml-rpc/encode.ts";
import type { Daemon } from "../daemon.ts";
import { readBody, reply } from "../reply.ts";
import { callMethod } from "./method.ts";
import { METHODS } from "./table.ts";

/** `POST /RPC2`: one XML-RPC call. */
export async function handleRpc(
  daemon: Daemon,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { "content-length": length, "transfer-encoding": encoding } = request.headers;
  if (length === undefined && encoding === undefined) {
    reply(response, 411, "a call needs a Content-Length");
    return;
  }
  const body = await readBody(request, response, MAX_CALL_BYTES);
  if (body === null) return;
  const call = await readCall(body);
  if (call === null) {
    daemon.log.write("error", "XML-RPC request data is invalid: unmarshallable");
    reply(response, 400, "the body is not an XML-RPC call");
    return;
  }
  const answer = Buffer.from(await answerTo(daemon, call));
  response.writeHead(200, { "Content-Type": "text/xml", "Content-Length": answer.length });
  response.end(answer);
}

async function readCall(body: Buffer): Promise<MethodCall | null> {
  try {
    return await decodeCall(body);
  } catch {
    return null;
  }
}

async function answerTo(daemon: Daemon, call: MethodCall): Promise<string> {
  try {
    return encodeResponse(await callMethod(METHODS, daemon, call.method, call.params));
  } catch (error) {
    if (error instanceof Fault) return encodeFault(error);
    throw error;
  }
}
