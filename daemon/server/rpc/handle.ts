import type { IncomingMessage, ServerResponse } from "node:http";
import { Fault } from "../../protocol/faults.ts";
import { decodeCall, MAX_CALL_BYTES, type MethodCall } from "../../xml-rpc/decode.ts";
import { encodeFault, encodeResponse } from "../../xml-rpc/encode.ts";
import type { Bodies } from "../bodies.ts";
import type { Connections } from "../connections.ts";
import type { Daemon } from "../daemon.ts";
import { reply } from "../reply.ts";
import type { Turns } from "../turns.ts";
import { callMethod, type MethodTable } from "./method.ts";

/** What the forms and scripts of any web page can send without asking first. No client of XML-RPC says one of these. */
const SIMPLE_TYPES = ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"];

/** The server that a call came to, and the methods that it has. */
type Called = { readonly table: MethodTable; readonly connections: Connections };

/** Answers `POST /RPC2`: one XML-RPC call each, one after another. */
export class RpcHandler {
  readonly #daemon: Daemon;
  readonly #bodies: Bodies;
  readonly #turns: Turns;

  constructor(daemon: Daemon, bodies: Bodies, turns: Turns) {
    this.#daemon = daemon;
    this.#bodies = bodies;
    this.#turns = turns;
  }

  async handle(server: Called, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { "content-length": length, "transfer-encoding": encoding } = request.headers;
    const type = request.headers["content-type"]?.split(";")[0]?.trim().toLowerCase() ?? "";
    if (SIMPLE_TYPES.includes(type)) {
      reply(response, 415, `a call is text/xml, not ${type}`, { Connection: "close" });
      return;
    }
    if (length === undefined && encoding === undefined) {
      reply(response, 411, "a call needs a Content-Length");
      return;
    }
    const body = await this.#bodies.read(request, response, MAX_CALL_BYTES);
    if (body === null) return;
    const call = await readCall(body);
    if (call === null) {
      this.#daemon.log.write("error", "XML-RPC request data is invalid: unmarshallable");
      reply(response, 400, "the body is not an XML-RPC call");
      return;
    }
    await this.#turns.next();
    // Answers to calls that waited for their turn may have filled it meanwhile.
    if (server.connections.isFull) {
      reply(response, 503, "too many answers wait to be read", { Connection: "close", "Retry-After": "1" });
      return;
    }
    const answer = Buffer.from(await answerTo(server.table, this.#daemon, call));
    response.writeHead(200, { "Content-Type": "text/xml", "Content-Length": answer.length });
    response.end(answer);
  }
}

async function readCall(body: Buffer): Promise<MethodCall | null> {
  try {
    return await decodeCall(body);
  } catch {
    return null;
  }
}

async function answerTo(table: MethodTable, daemon: Daemon, call: MethodCall): Promise<string> {
  try {
    return encodeResponse(await callMethod(table, daemon, call.method, call.params));
  } catch (error) {
    if (error instanceof Fault) return encodeFault(error);
    throw error;
  }
}
