import type { Dice } from "./generator.ts";

/** Methods that a fuzzer may call by accident: none that ends the daemon. */
const METHODS = [
  "supervisor.getState",
  "supervisor.getAllProcessInfo",
  "supervisor.getProcessInfo",
  "supervisor.startProcess",
  "supervisor.stopProcess",
  "supervisor.startProcessGroup",
  "supervisor.stopAllProcesses",
  "supervisor.startAllProcesses",
  "supervisor.signalProcess",
  "supervisor.sendProcessStdin",
  "supervisor.sendRemoteCommEvent",
  "supervisor.readProcessStdoutLog",
  "supervisor.tailProcessStderrLog",
  "supervisor.clearProcessLogs",
  "supervisor.readLog",
  "supervisor.reloadConfig",
  "supervisor.addProcessGroup",
  "supervisor.removeProcessGroup",
  "supervisor.getAllConfigInfo",
  "system.multicall",
  "system.methodHelp",
  "system.listMethods",
  "supervisor.__class__.__init__",
  "constructor.prototype",
  "",
];

const TEXTS = [
  "web",
  "web:web",
  "web:*",
  "",
  "nobody",
  "\u0000",
  "é\u{1F600}",
  "%00",
  "../../etc/passwd",
  "<b>",
];
const NUMBERS = ["0", "-1", "1", "2147483647", "-99999999999999999999", "1e309", "NaN", "0x10", " 7 ", ""];
const PATHS = [
  "/RPC2",
  "/",
  "/events",
  "/logtail/web",
  "/mainlogtail",
  "/tail.html",
  "/index.html",
  "/ok.html",
];
const QUERIES = [
  "",
  "?log=stdout",
  "?history=-1",
  "?process=web&log=x",
  "?processname=web&limit=9e9",
  "?%zz",
  "?a=%00",
];
const VERBS = ["GET", "POST", "HEAD", "PUT", "OPTIONS", "CONNECT", "TRACE", "BREW", "get", "", "G\u0000T"];
const VERSIONS = ["HTTP/1.1", "HTTP/1.0", "HTTP/2.0", "HTTP/9.9", "http/1.1", "", "HTTP/1.1 x"];
const HEADERS = [
  "Host: 127.0.0.1",
  "Host: evil.example",
  "Host: [::1",
  "Origin: null",
  "Content-Type: text/xml",
  "Content-Type: text/plain",
  "Content-Length: -1",
  "Content-Length: 99999999999999999999",
  "Content-Length: 5, 6",
  "Transfer-Encoding: chunked",
  "Transfer-Encoding: gzip, chunked",
  "Authorization: Basic =====",
  `Authorization: Basic ${"A".repeat(4000)}`,
  "Last-Event-ID: 1e99",
  "Expect: 100-continue",
  "Upgrade: websocket\r\nConnection: Upgrade",
  "Range: bytes=0-",
  "Accept: text/html",
  `X-Long: ${"x".repeat(20_000)}`,
  "No colon here",
  " : ",
  "\u0000: \u0000",
  "Cookie: a=b",
  "Sec-Fetch-Site: cross-site",
];

/** The bytes of one request that hardly makes sense, and nothing after it. */
export function malformedRequest(dice: Dice): Buffer {
  const bytes = Buffer.from(dice.chance(60) ? call(dice) : request(dice));
  return dice.chance(40) ? damaged(dice, bytes) : bytes;
}

/** What an event listener may say that keeps to the protocol now and then. */
export function malformedAnswer(dice: Dice): Buffer {
  const parts = Array.from({ length: 1 + dice.roll(6) }, () =>
    dice.pick([
      "READY\n",
      "READY\n",
      "RESULT 2\nOK",
      "RESULT 4\nFAIL",
      `RESULT ${dice.pick(NUMBERS)}\n${"x".repeat(dice.roll(40))}`,
      `RESULT ${dice.roll(100_000)}\n`,
      "RESULT\n",
      "ready\n",
      "\n",
      "RESULT 2\r\nOK",
      `${"y".repeat(dice.roll(5000))}`,
      "<!--XSUPERVISOR:BEGIN-->",
      "<!--XSUPERVISOR:END-->",
    ]),
  );
  const bytes = Buffer.from(parts.join(""));
  return dice.chance(50) ? damaged(dice, bytes) : bytes;
}

function call(dice: Dice): string {
  const body = xml(dice);
  const honest = Buffer.byteLength(body);
  const length = dice.chance(85) ? honest : dice.pick([0, honest - 1, honest + 1, honest * 2]);
  const extra = dice.chance(30) ? `${dice.pick(HEADERS)}\r\n` : "";
  const type = dice.chance(80) ? "Content-Type: text/xml\r\n" : "";
  return `POST /RPC2 HTTP/1.1\r\nHost: localhost\r\n${type}${extra}Content-Length: ${length}\r\n\r\n${body}`;
}

function request(dice: Dice): string {
  const target = dice.chance(90)
    ? dice.pick(PATHS) + dice.pick(QUERIES)
    : dice.pick(["*", "", "http://[", "//", "/".repeat(9000)]);
  const headers = Array.from({ length: dice.roll(5) }, () => `${dice.pick(HEADERS)}\r\n`).join("");
  const body = dice.chance(30)
    ? dice.pick(["action=stopall&token=x", "5\r\nhello\r\n0\r\n\r\n", "zz\r\n", xml(dice)])
    : "";
  return `${dice.pick(VERBS)} ${target} ${dice.pick(VERSIONS)}\r\n${headers}\r\n${body}`;
}

function xml(dice: Dice): string {
  const params = Array.from({ length: dice.roll(4) }, () => `<param>${value(dice, 0)}</param>`).join("");
  const prolog = dice.pick([
    "<?xml version='1.0'?>",
    "",
    '<?xml version="1.0" encoding="utf-16"?>',
    '<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;&b;&b;">]>',
    "\ufeff",
  ]);
  return `${prolog}<methodCall><methodName>${dice.pick(METHODS)}</methodName><params>${params}</params></methodCall>`;
}

function value(dice: Dice, depth: number): string {
  const inner = () => value(dice, depth + 1);
  if (depth < 5 && dice.chance(25)) {
    const many = Array.from({ length: dice.roll(4) }, inner);
    if (dice.chance(50)) return `<value><array><data>${many.join("")}</data></array></value>`;
    const names = ["methodName", "params", "__proto__", "a"];
    const members = many.map((member) => `<member><name>${dice.pick(names)}</name>${member}</member>`);
    return `<value><struct>${members.join("")}</struct></value>`;
  }
  return dice.pick([
    `<value><string>${dice.pick(TEXTS)}</string></value>`,
    `<value>${dice.pick(TEXTS)}</value>`,
    `<value><int>${dice.pick(NUMBERS)}</int></value>`,
    `<value><double>${dice.pick(NUMBERS)}</double></value>`,
    `<value><boolean>${dice.pick(NUMBERS)}</boolean></value>`,
    "<value><nil/></value>",
    "<value><base64>&amp;&#0;!!!</base64></value>",
    "<value><dateTime.iso8601>never</dateTime.iso8601></value>",
    "<value><array><data>".repeat(50),
    "&lol;",
    "<value><string>]]>&#x0;</string></value>",
    `<value><string>${"x".repeat(dice.roll(70_000))}</string></value>`,
    "",
  ]);
}

/** Cuts, doubles, and changes bytes. */
function damaged(dice: Dice, bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  if (copy.length === 0) return copy;
  for (let i = dice.roll(8); i > 0; i--) copy[dice.roll(copy.length)] = dice.roll(256);
  const at = dice.roll(copy.length);
  if (dice.chance(25)) return copy.subarray(0, at);
  if (dice.chance(15)) return Buffer.concat([copy.subarray(0, at), copy]);
  return copy;
}
