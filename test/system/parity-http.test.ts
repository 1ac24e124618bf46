import { connect } from "node:net";
import { describe, expect, test } from "vitest";
import { startDaemon } from "../helpers/daemon.ts";
import { freePort } from "../helpers/free-port.ts";
import { both, type Side, startPair } from "../helpers/pair.ts";
import { run } from "../helpers/run.ts";

const PROGRAMS = `
[program:web]
command=/bin/sh -c 'echo hello; exec sleep 1000'
startsecs=0
[program:idle]
command=/bin/sleep 1000
autostart=false
stdout_logfile=NONE
`;

const BODY = "<?xml version='1.0'?><methodCall><methodName>supervisor.getState</methodName></methodCall>";

type Asked = {
  readonly method?: string;
  readonly path?: string;
  readonly version?: string;
  readonly headers?: readonly string[];
  /** A body brings its Content-Length along. */
  readonly body?: string;
};

/** One request as bytes; whatever they say, the connection is asked to be closed after it. */
function bytesOf({ method = "POST", path = "/RPC2", version = "1.1", headers = [], body }: Asked): string {
  const length = body === undefined ? [] : [`Content-Length: ${Buffer.byteLength(body)}`];
  const lines = [`${method} ${path} HTTP/${version}`, "Connection: close", ...headers, ...length, "", ""];
  return lines.join("\r\n") + (body ?? "");
}

const called = (inside: string): Asked => ({
  body: `<?xml version='1.0'?><methodCall>${inside}</methodCall>`,
});
const info = (value: string): Asked =>
  called(
    `<methodName>supervisor.getProcessInfo</methodName><params><param><value>${value}</value></param></params>`,
  );

/** Requests that both answer with the same status; Host is left out as scripts do. */
const SAME: Readonly<Record<string, Asked>> = {
  "a call": { body: BODY },
  "a call of HTTP/1.0": { version: "1.0", body: BODY },
  "a call that names its host": { headers: ["Host: localhost"], body: BODY },
  "no Content-Length": {},
  "no XML": { body: "hello" },
  "XML of something else": { body: "<methodResponse/>" },
  "XML that does not end": { body: "<methodCall><methodName>a</methodName>" },
  "XML whose elements cross": { body: "<methodCall><methodName>a</methodCall></methodName>" },
  "text behind the XML": { body: `${BODY}junk` },
  "an entity from a file": {
    body: `<!DOCTYPE m [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><methodCall><methodName>&x;</methodName></methodCall>`,
  },
  "no method": called("<params/>"),
  "an empty method": called("<methodName></methodName>"),
  "an unknown method": called("<methodName>nobody</methodName>"),
  "a private method": called("<methodName>supervisor._update</methodName>"),
  "a value without a type": info("web:x"),
  "an empty value": info(""),
  "a CDATA section": info("<string><![CDATA[<x>]]></string>"),
  base64: info("<base64>d2ViOng=</base64>"),
  "no number": info("<int>x</int>"),
  "a slash behind": { path: "/RPC2/", body: BODY },
  "more behind": { path: "/RPC2more", body: BODY },
  "a query": { path: "/RPC2?a=b", body: BODY },
  "another case": { path: "/rpc2", body: BODY },
  "a call by GET": { method: "GET" },
  "a call by HEAD": { method: "HEAD" },
  "a call by PUT": { method: "PUT", body: BODY },
  "a call by DELETE": { method: "DELETE" },
  "GET of nothing": { method: "GET", path: "/nothing" },
  "HEAD of nothing": { method: "HEAD", path: "/nothing" },
  "POST to nothing": { path: "/nothing", body: BODY },
  "PUT to nothing": { method: "PUT", path: "/nothing", body: BODY },
  "GET out of the root": { method: "GET", path: "/../../etc/passwd" },
  "GET of a bad escape": { method: "GET", path: "/%zz" },
  "the log of nobody": { method: "GET", path: "/logtail/nobody" },
  "the log of a group": { method: "GET", path: "/logtail/web:*" },
  "a log that is not kept": { method: "GET", path: "/logtail/idle" },
  "a channel that is not there": { method: "GET", path: "/logtail/web/stdin" },
  "a log by POST": { path: "/logtail/web", body: BODY },
  "a log by HEAD": { method: "HEAD", path: "/logtail/web" },
  "the main log by POST": { path: "/mainlogtail", body: BODY },
};

/** Requests at which Supervisor breaks down, hangs or refuses what makes sense, and what ours answers. */
const BETTER: Readonly<Record<string, readonly [asked: Asked, real: string, ours: string]>> = {
  "a value that is none": [info("<nil/>"), "500", "200"],
  "no name": [info("<boolean>maybe</boolean>"), "500", "200"],
  "a negative length": [{ headers: ["Content-Length: -5"] }, "", "400"],
  "a date": [info("<dateTime.iso8601>20260102T00:00:00</dateTime.iso8601>"), "500", "200"],
  "a body in chunks": [
    { headers: ["Transfer-Encoding: chunked", "", `${BODY.length.toString(16)}\r\n${BODY}\r\n0`] },
    "411",
    "200",
  ],
  "a length that is none": [{ headers: ["Content-Length: many"] }, "500", "400"],
  "the log of no name": [{ method: "GET", path: "/logtail" }, "500", "404"],
};

describe("over HTTP", () => {
  test("both answer with the same status", async () => {
    const pair = await startPair(PROGRAMS);
    const [ours, real] = await both(pair, (side) => statuses(side, Object.values(SAME)));
    const told = (answers: readonly string[]) => Object.keys(SAME).map((name, i) => `${name}: ${answers[i]}`);
    expect(told(ours)).toEqual(told(real));
  });

  test("ours has an answer where Supervisor breaks down", async () => {
    const pair = await startPair(PROGRAMS);
    const asked = Object.values(BETTER).map(([request]) => request);
    const [ours, real] = await both(pair, (side) => statuses(side, asked));
    expect(real).toEqual(Object.values(BETTER).map(([, expected]) => expected));
    expect(ours).toEqual(Object.values(BETTER).map(([, , expected]) => expected));
  });

  test("several calls go through one connection, one after another", async () => {
    const pair = await startPair(PROGRAMS);
    const call = `POST /RPC2 HTTP/1.1\r\nHost: x\r\nContent-Length: ${BODY.length}\r\n\r\n${BODY}`;
    const last = bytesOf({ body: BODY });
    const [ours, real] = await both(pair, (side) => exchange(side, call + call + last));
    const count = (answer: string) => answer.match(/HTTP\/1\.1 200 OK/g)?.length;
    expect([count(ours), count(real)]).toEqual([3, 3]);
  });
});

test("Python's own client works over TCP with a password, and over the unix socket", async () => {
  const port = await freePort();
  const daemon = await startDaemon(
    `${PROGRAMS}[inet_http_server]\nport=127.0.0.1:${port}\nusername=me\npassword=sécret:x\n`,
  );
  const script = `
import sys, xmlrpc.client as x
sys.path.insert(0, '/usr/lib/python3/dist-packages')
from supervisor.xmlrpc import SupervisorTransport
from urllib.parse import quote
port, socket = sys.argv[1:]
tcp = x.ServerProxy('http://me:' + quote('sécret:x', safe='') + '@127.0.0.1:' + port + '/RPC2')
unix = x.ServerProxy('http://127.0.0.1', SupervisorTransport(None, None, 'unix://' + socket))
for proxy in tcp, unix:
    s = proxy.supervisor
    print(s.getState()['statename'], s.stopProcess('web'), s.startProcess('web', False), s.getProcessInfo('web')['statename'])
    try: s.startProcess('nobody')
    except x.Fault as f: print(f.faultCode, f.faultString)
    calls = [('stopProcess', ['web']), ('getProcessInfo', ['web']), ('startProcess', ['web'])]
    results = proxy.system.multicall([{'methodName': 'supervisor.' + m, 'params': p} for m, p in calls])
    print([r['statename'] if isinstance(r, dict) else r for r in results])
try: x.ServerProxy('http://127.0.0.1:' + port + '/RPC2').supervisor.getState()
except x.ProtocolError as e: print(e.errcode)
`;
  const { stdout, stderr } = await run("/usr/bin/python3", [
    "-W",
    "ignore",
    "-c",
    script,
    String(port),
    daemon.socket,
  ]);
  const each = "RUNNING True True RUNNING\n10 BAD_NAME: nobody\n[True, 'STOPPED', True]\n";
  expect({ stdout, stderr }).toEqual({ stdout: `${each}${each}401\n`, stderr: "" });
});

async function statuses(side: Side, asked: readonly Asked[]): Promise<string[]> {
  const answers: string[] = [];
  for (const request of asked) {
    const answer = await exchange(side, bytesOf(request));
    answers.push(/^HTTP\/1\.\d (\d+)/.exec(answer)?.[1] ?? answer);
  }
  return answers;
}

/** Sends bytes, and reads until the status is there and the other side has closed, or sends no more. */
function exchange({ socket }: Side, bytes: string): Promise<string> {
  return new Promise((done, failed) => {
    let text = "";
    const connection = connect({ path: socket });
    connection.setEncoding("utf8").on("data", (part: string) => {
      text += part;
    });
    connection.on("error", failed);
    connection.on("close", () => done(text));
    // Some refusals leave the connection open.
    connection.setTimeout(1000, () => connection.destroy());
    connection.write(bytes);
  });
}
