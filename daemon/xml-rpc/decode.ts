import { setImmediate as nextRound } from "node:timers/promises";
import Deserializer from "xmlrpc/lib/deserializer.js";
import { FAULT_CODES } from "../protocol/faults.ts";
import { MAX_DEPTH, MAX_RESPONSE_BYTES, type XmlRpcValue } from "./value.ts";

/** Longest body of a call that a server reads, in bytes. */
export const MAX_CALL_BYTES = 4 * 1024 * 1024;

export type MethodCall = { readonly method: string; readonly params: XmlRpcValue[] };

/** What a server says to a call: what it asked for, or why it is refused. */
export type Answer =
  | { readonly value: XmlRpcValue }
  | { readonly fault: { readonly code: number; readonly text: string } };

/** Elements that a call may have: more of them would take a client seconds to write, and the daemon as long to read. */
const MAX_CALL_ELEMENTS = 50_000;

/** Reads the body of a call; rejects what is not one. */
export function decodeCall(body: Buffer): Promise<MethodCall> {
  return read("call", body, MAX_CALL_BYTES, (settle) => {
    const source = new Source();
    new BoundedDeserializer(MAX_CALL_ELEMENTS).deserializeMethodCall(source, (error, method, params) => {
      settle(error ? { error } : { value: { method, params: params as XmlRpcValue[] } });
    });
    return source;
  });
}

/** Reads the body of an answer; rejects what is not one. */
export function decodeResponse(body: Buffer): Promise<Answer> {
  return read("answer", body, MAX_RESPONSE_BYTES, (settle) => {
    const source = new Source();
    new BoundedDeserializer().deserializeMethodResponse(source, (error, result) => {
      if (error?.faultCode !== undefined)
        settle({ value: { fault: faultOf(error.faultCode, error.faultString) } });
      else if (error) settle({ error });
      else if (result === undefined) settle({ error: new Error("it carries no value") });
      else settle({ value: { value: result as XmlRpcValue } });
    });
    return source;
  });
}

type Outcome<T> = { readonly value: T } | { readonly error: Error };

/** Characters that are read in one go; other work may come in between. */
const PIECE = 64 * 1024;

async function read<T>(
  what: string,
  body: Buffer,
  maxBytes: number,
  prepare: (settle: (outcome: Outcome<T>) => void) => Source,
): Promise<T> {
  try {
    if (body.length > maxBytes) throw new Error(`it is longer than ${maxBytes} bytes`);
    const outcomes: Outcome<T>[] = [];
    const { parser } = prepare((outcome) => outcomes.push(outcome));
    const text = body.toString("utf8");
    for (let at = 0; at < text.length && outcomes.length === 0; at += PIECE) {
      if (at > 0) await nextRound();
      parser?.write(text.slice(at, at + PIECE));
    }
    // The package would read on after an error; only the first word counts.
    if (outcomes.length === 0) parser?.end();
    const [outcome = { error: new Error("it ends too soon") }] = outcomes;
    if ("error" in outcome) throw outcome.error;
    return outcome.value;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`cannot read the XML-RPC ${what}: ${reason}`, { cause });
  }
}

type Parser = { write(text: string): unknown; end(): unknown };

/** Gets hold of the package's parser by posing as the stream that it is fed from. */
class Source {
  parser: Parser | null = null;

  setEncoding(): void {}

  on(): void {}

  pipe(parser: Parser): void {
    this.parser = parser;
  }
}

function faultOf(code: unknown, text: unknown): { code: number; text: string } {
  return {
    code: typeof code === "number" ? code : FAULT_CODES.FAILED,
    text: typeof text === "string" ? text : "",
  };
}

/** A level of arrays or structs takes three elements, and a call has a few around it. */
const MAX_OPEN = 3 * MAX_DEPTH + 8;

/** The package's reader with limits, structs that cannot reach a prototype, and well-formed XML without entities only. */
class BoundedDeserializer extends Deserializer {
  readonly #maxElements: number;
  #elements = 0;
  #open = 0;

  constructor(maxElements = Number.POSITIVE_INFINITY) {
    super();
    this.#maxElements = maxElements;
    this.parser._parser.strict = true;
    this.parser.on("doctype", () => {
      throw new Error("it has a document type");
    });
  }

  override onOpentag({ name }: { readonly name: string }): void {
    this.#open++;
    this.#elements++;
    if (this.marks.length >= MAX_DEPTH || this.#open > MAX_OPEN)
      throw new Error(`it nests deeper than ${MAX_DEPTH} levels`);
    if (this.#elements > this.#maxElements) throw new Error(`it has more than ${this.#maxElements} elements`);
    super.onOpentag({ name: name.toUpperCase() });
  }

  override onClosetag(name: string): void {
    this.#open--;
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
