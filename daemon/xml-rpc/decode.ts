import Deserializer from "xmlrpc/lib/deserializer.js";
import { FAULT_CODES, Fault } from "../protocol/faults.ts";
import { MAX_DEPTH, type XmlRpcValue } from "./value.ts";

/** Longest body of a call that a server reads, in bytes. */
export const MAX_CALL_BYTES = 4 * 1024 * 1024;

/** Longest body of an answer that a client reads, in bytes. */
export const MAX_RESPONSE_BYTES = 64 * 1024 * 1024;

export type MethodCall = { readonly method: string; readonly params: XmlRpcValue[] };

/** Reads the body of a call; rejects what is not one. */
export async function decodeCall(body: Buffer): Promise<MethodCall> {
  return read("call", (resolve, reject) => {
    const source = sourceOf(body, MAX_CALL_BYTES);
    new BoundedDeserializer().deserializeMethodCall(source, (error, method, params) => {
      if (error) reject(error);
      else resolve({ method, params: params as XmlRpcValue[] });
    });
  });
}

/** Reads the body of an answer; rejects with a `Fault` where the server refused the call. */
export async function decodeResponse(body: Buffer): Promise<XmlRpcValue> {
  return read("answer", (resolve, reject) => {
    const source = sourceOf(body, MAX_RESPONSE_BYTES);
    new BoundedDeserializer().deserializeMethodResponse(source, (error, result) => {
      if (error?.faultCode !== undefined) reject(faultOf(error.faultCode, error.faultString));
      else if (error) reject(error);
      else if (result === undefined) reject(new Error("it carries no value"));
      else resolve(result as XmlRpcValue);
    });
  });
}

async function read<T>(
  what: string,
  run: (resolve: (value: T) => void, reject: (error: Error) => void) => void,
): Promise<T> {
  try {
    return await new Promise<T>(run);
  } catch (cause) {
    if (cause instanceof Fault) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`cannot read the XML-RPC ${what}: ${reason}`, { cause });
  }
}

/** Feeds the parser in one synchronous step, so that nothing it throws can escape the caller's promise. */
function sourceOf(body: Buffer, maxBytes: number) {
  if (body.length > maxBytes) throw new Error(`it is longer than ${maxBytes} bytes`);
  return {
    setEncoding: () => {},
    on: () => {},
    pipe: (parser: { write(text: string): unknown; end(): unknown }) => {
      parser.write(body.toString("utf8"));
      parser.end();
    },
  };
}

function faultOf(code: unknown, text: unknown): Fault {
  return new Fault(
    typeof code === "number" ? code : FAULT_CODES.FAILED,
    typeof text === "string" ? text : "",
  );
}

/** The package's reader with a limit on nesting, structs that cannot reach a prototype, and well-formed XML only. */
class BoundedDeserializer extends Deserializer {
  constructor() {
    super();
    this.parser._parser.strict = true;
  }

  override onOpentag({ name }: { readonly name: string }): void {
    if (this.marks.length >= MAX_DEPTH) throw new Error(`it nests deeper than ${MAX_DEPTH} levels`);
    super.onOpentag({ name: name.toUpperCase() });
  }

  override onClosetag(name: string): void {
    super.onClosetag(name.toUpperCase());
  }

  /** All but 1 is false, as for Supervisor. */
  override endBoolean(data: string): void {
    this.push(data === "1");
    this.value = false;
  }

  override endStruct(): void {
    const mark = this.marks.pop();
    if (mark === undefined) throw new Error("a struct ends that did not begin");
    const items = this.stack.splice(mark);
    const members: [string, unknown][] = [];
    for (let index = 0; index < items.length; index += 2) {
      const name = items[index];
      if (typeof name !== "string" || index + 1 >= items.length)
        throw new Error("a struct has a member without a name or value");
      members.push([name, items[index + 1]]);
    }
    // fromEntries defines own properties: a member named __proto__ is only a member.
    this.push(Object.fromEntries(members));
    this.value = false;
  }

  override endBase64(data: string): void {
    this.push(Buffer.from(data, "base64").toString("utf8"));
    this.value = false;
  }

  override endDateTime(data: string): void {
    this.push(data);
    this.value = false;
  }
}
