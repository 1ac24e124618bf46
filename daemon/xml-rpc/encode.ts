import CustomType from "xmlrpc/lib/customtype.js";
import serializer from "xmlrpc/lib/serializer.js";
import { MAX_DEPTH, type XmlRpcValue } from "./value.ts";

/** The body of a call of `method`. */
export function encodeCall(method: string, params: readonly XmlRpcValue[]): string {
  return serializer.serializeMethodCall(
    method,
    params.map((param) => encodable(param, 0)),
  );
}

/** The body of an answer: always well-formed XML 1.0, whatever bytes a log line brought in. */
export function encodeResponse(value: XmlRpcValue): string {
  return serializer.serializeMethodResponse(encodable(value, 0));
}

/** The body of an answer that refuses the call. */
export function encodeFault(fault: { readonly code: number; readonly text: string }): string {
  return serializer.serializeFault(encodable({ faultCode: fault.code, faultString: fault.text }, 0));
}

function encodable(value: XmlRpcValue, depth: number): unknown {
  if (depth > MAX_DEPTH) throw new Error(`cannot encode the value: it nests deeper than ${MAX_DEPTH} levels`);
  if (typeof value === "string") return new Text(carriable(value));
  if (typeof value === "number" && !Number.isFinite(value))
    throw new Error(`cannot encode the number ${value}`);
  if (value === null || typeof value !== "object") return value;
  if (isList(value)) return value.map((item) => encodable(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [carriable(name), encodable(member, depth + 1)]),
  );
}

function isList(value: object): value is readonly XmlRpcValue[] {
  return Array.isArray(value);
}

/**
 * Text written as escaped characters. The package writes text with `<` or `&` as one CDATA section, in which
 * a second `]]>` ends the section early and a carriage return is lost.
 */
class Text extends CustomType {
  override serialize(xml: Parameters<CustomType["serialize"]>[0]): void {
    const element = xml.ele("string");
    if (this.raw !== "") element.txt(this.raw);
  }
}

/** Control bytes are seen as their Unicode pictures (ESC as U+241B); what has none becomes U+FFFD. */
function carriable(text: string): string {
  return text.toWellFormed().replace(UNCARRIABLE, (character) => {
    const code = character.charCodeAt(0);
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : "\uFFFD";
  });
}

// What XML 1.0 excludes: the control characters other than tab, line ends and those from DEL on, and two noncharacters.
const UNCARRIABLE = /[^\P{Cc}\t\n\r\u007f-\u009f]|[\ufffe\uffff]/gu;
