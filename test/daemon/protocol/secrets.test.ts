import { describe, expect, test } from "vitest";
import { maskInertSecrets, maskMessage, maskSecrets } from "../../../daemon/protocol/secrets.ts";

describe("masked is", () => {
  test.each([
    ["node app --db postgres://me:hunter2@db/x", "node app --db postgres://me:***@db/x"],
    ["redis://:hunter2@host", "redis://:***@host"],
    ["http://me:hun@ter2@host/", "http://me:***@host/"],
    ["git clone https://ghp_0123456789abcdefghij@github.com/a/b", "git clone https://***@github.com/a/b"],
    ["env DB_PASSWORD=hunter2 node app", "env DB_PASSWORD=*** node app"],
    [`env DB_PASS="hunter two" node app`, "env DB_PASS=*** node app"],
    [`env DB_PASS=hunter' two' node app`, "env DB_PASS=*** node app"],
    ["STRIPE_KEY=sk_live_1 run", "STRIPE_KEY=*** run"],
    ["app --password hunter2 --port 80", "app --password *** --port 80"],
    ["app --api-key=hunter2", "app --api-key=***"],
    ["app -token 'hunter two'", "app -token ***"],
    ["curl -u me:hunter2 http://x", "curl -u me:*** http://x"],
    [`curl -H "Authorization: Bearer abcdefgh12" x`, `curl -H "Authorization: Bearer ***" x`],
    ['{ "password": "hunter2" }', '{ "password": *** }'],
    ["password = hunter2", "password = ***"],
    ["http://x/?token=hunter2&a=1", "http://x/?token=***"],
  ])("%s", (text, masked) => {
    expect(maskSecrets(text)).toBe(masked);
  });
});

describe("left alone is", () => {
  test.each([
    "/bin/sleep 1000",
    "npm run dev -- --port 3000 --host 127.0.0.1",
    "PWD=/home/me app --author me --keys 3",
    "ssh git@host:22/x",
    "http://localhost:9001/path@2x.png",
    "model --max-tokens=100 --compass=n",
    "bash -c 'echo a; sleep 3'",
  ])("%s", (text) => {
    expect(maskSecrets(text)).toBe(text);
  });
});

test("whoever decides whether a command may run sees all that a shell would act on", () => {
  expect(maskInertSecrets("app --token abc DB_KEY='d e f' http://me:x@y/")).toBe(
    "app --token *** DB_KEY=*** http://me:***@y/",
  );
  for (const command of [
    "sh -c 'X_TOKEN=$(reboot)'",
    `sh -c 'DB_PASSWORD="\`reboot\`" app'`,
    "app --key-token x;reboot",
    "git clone http://me:$(reboot)@host/x",
    "app --hook-token ./evil",
  ]) {
    expect(maskInertSecrets(command)).toBe(command);
    expect(maskSecrets(command)).not.toBe(command);
  }
});

test.each([
  ["names without a value", (n: number) => "password".repeat(n)],
  ["unfinished addresses", (n: number) => "://a:".repeat(n)],
  ["quotes that never close", (n: number) => `password='" `.repeat(n)],
  ["dashes", (n: number) => "-".repeat(n)],
  ["logins", (n: number) => "-u".repeat(n)],
  ["white space", (n: number) => `a${" ".repeat(n)}`],
])("the time grows with the length, not faster, for %s", (_, write) => {
  const started = performance.now();
  maskSecrets(write(100_000));
  expect(performance.now() - started).toBeLessThan(2000);
});

describe("a message about a configuration", () => {
  test.each([
    [
      "Unexpected end of key/value pairs in value 'A=1,DB_PASSWORD=hun ter2,X=1' in section 'program:a'",
      "Unexpected end of key/value pairs in value 'A=1,DB_PASSWORD=***' in section 'program:a'",
    ],
    [
      "Format string 'hunt%er2' for 'inet_http_server.password' is badly formatted",
      "Format string '***' for 'inet_http_server.password' is badly formatted",
    ],
    ['API_TOKEN would be cut to "hun": quote it', 'API_TOKEN would be cut to "***": quote it'],
    ["in value 'A=1 B=2' in section 'program:a'", "in value 'A=1 B=2' in section 'program:a'"],
    ['HOME would be cut to "x": quote it', 'HOME would be cut to "x": quote it'],
  ])("quotes no secret: %s", (message, masked) => {
    expect(maskMessage(message)).toBe(masked);
  });
});
