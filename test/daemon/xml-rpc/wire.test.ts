import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { decodeCall, decodeResponse, MAX_CALL_BYTES } from "../../../daemon/xml-rpc/decode.ts";
import { encodeCall, encodeFault, encodeResponse } from "../../../daemon/xml-rpc/encode.ts";
import type { XmlRpcValue } from "../../../daemon/xml-rpc/value.ts";

const HOSTILE = "a]]>b]]>c<tag>&amp;&\r\n\ttab \u00fc \u{1f600}";

async function throughResponse(value: XmlRpcValue): Promise<XmlRpcValue> {
  const answer = await decodeResponse(Buffer.from(encodeResponse(value)));
  return "value" in answer ? answer.value : null;
}

function readByPython(xml: string): unknown {
  const script =
    "import sys,json,xmlrpc.client as x\nd=sys.stdin.buffer.read()\n" +
    "try:\n r=x.loads(d)[0][0]\nexcept x.Fault as f:\n r=[f.faultCode,f.faultString]\nprint(json.dumps(r))";
  return JSON.parse(execFileSync("python3", ["-c", script], { input: xml }).toString());
}

function structCall(member: string): Buffer {
  return Buffer.from(
    `<methodCall><methodName>m</methodName><params><param><value><struct>${member}</struct></value></param></params></methodCall>`,
  );
}

describe("an answer", () => {
  test("comes back as it was sent", async () => {
    const value = {
      text: HOSTILE,
      empty: "",
      int: -5,
      double: 1.5,
      yes: true,
      no: false,
      list: [1, ["x"], []],
    };
    expect(await throughResponse(value)).toEqual(value);
  });

  test("is read alike by Python's strict parser", () => {
    const value = { text: HOSTILE, "key<]]>&": ["", 0, 2 ** 31, true, 0.25, null] };
    expect(readByPython(encodeResponse(value))).toEqual(value);
  });

  test("shows control bytes as pictures, so that it stays well-formed", () => {
    const text = `${String.fromCharCode(0, 27)}[31m\uFFFE${String.fromCharCode(0xd800)}\u007f`;
    expect(readByPython(encodeResponse(text))).toBe("\u2400\u241b[31m\uFFFD\uFFFD\u007f");
  });

  test("of megabytes comes back whole", async () => {
    const log = "line <of> & log\n".repeat(200_000);
    expect(await throughResponse(log)).toBe(log);
  });

  test("that carries no number a client could read is refused", () => {
    expect(() => encodeResponse(Number.NaN)).toThrow("cannot encode the number NaN");
  });

  test("without a value is refused", async () => {
    await expect(decodeResponse(Buffer.from("<methodResponse><params/></methodResponse>"))).rejects.toThrow(
      "it carries no value",
    );
  });
});

describe("a fault", () => {
  test("comes with its number and text", async () => {
    const fault = { code: 10, text: "BAD_NAME: a<b" };
    expect(await decodeResponse(Buffer.from(encodeFault(fault)))).toEqual({ fault });
  });

  test("is a fault to Python as well", () => {
    expect(readByPython(encodeFault({ code: 30, text: "FAILED: \u001b" }))).toEqual([30, "FAILED: \u241b"]);
  });

  test("without a struct is a bad answer, not a crash", async () => {
    const body = Buffer.from("<methodResponse><fault></fault></methodResponse>");
    await expect(decodeResponse(body)).rejects.toThrow("cannot read the XML-RPC answer");
  });
});

describe("a call", () => {
  test("comes back as it was sent", async () => {
    const body = Buffer.from(encodeCall("supervisor.sendProcessStdin", ["cat", HOSTILE]));
    expect(await decodeCall(body)).toEqual({
      method: "supervisor.sendProcessStdin",
      params: ["cat", HOSTILE],
    });
  });

  test("by Python is understood, bytes and dates as their text", async () => {
    const script =
      "import xmlrpc.client as x,datetime as d\n" +
      "print(x.dumps(('t',1,True,x.Binary(b'raw'),d.datetime(2026,1,2),None,{'a':[]}),'m',allow_none=True))";
    const body = execFileSync("python3", ["-c", script]);
    expect(await decodeCall(body)).toEqual({
      method: "m",
      params: ["t", 1, true, "raw", "20260102T00:00:00", null, { a: [] }],
    });
  });

  test("cannot reach a prototype through a member's name", async () => {
    const body = structCall(
      "<member><name>__proto__</name><value><struct><member><name>polluted</name><value>1</value></member></struct></value></member>",
    );
    const { params } = await decodeCall(body);
    expect(Object.getPrototypeOf(params[0])).toBe(Object.prototype);
    expect(Object.hasOwn(params[0] as object, "__proto__")).toBe(true);
    expect((params[0] as Record<string, unknown>).polluted).toBeUndefined();
  });

  test.each([
    ["nothing", Buffer.alloc(0)],
    ["other text", Buffer.from("GET / HTTP/1.1")],
    ["an unfinished call", Buffer.from("<methodCall><methodName>m</methodName><params>")],
    ["a call without a method", Buffer.from("<methodCall><params/></methodCall>")],
    ["a member without a value", structCall("<member><name>a</name></member>")],
    ["an impossible character", Buffer.from("<methodCall><methodName>&#x110000;</methodName></methodCall>")],
    ["endless nesting", structCall("<member><name>a</name><value><array><data>".repeat(1000))],
    ["too long a body", Buffer.alloc(MAX_CALL_BYTES + 1, " ")],
  ])("%s is refused in a sentence", async (_name, body) => {
    await expect(decodeCall(body)).rejects.toThrow(/^cannot read the XML-RPC call: /);
  });
});
