import { describe, expect, test } from "vitest";
import { applied, coveredBy, problemOf, readText } from "./reading.ts";

const RPC =
  "[rpcinterface:supervisor]\nsupervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface\n";

function codes(text: string): string[] {
  return readText(text).problems.map((problem) => problem.code);
}

describe("a server on the network", () => {
  const server = (...lines: string[]) => `[supervisord]\n${RPC}[inet_http_server]\n${lines.join("\n")}\n`;

  test.each(["9001", "*:9001", "0.0.0.0:9001", ":9001"])("at %s is open to everybody", (port) => {
    const text = server(`port=${port}`);
    expect(coveredBy(text, problemOf(readText(text), "server.open"))).toBe(port);
    expect(readText(applied(text, problemOf(readText(text), "server.open").fixes?.[0])).problems).toEqual([]);
  });

  test("is not with a password, or on this machine only", () => {
    expect(codes(server("port=9001", "username=u", "password=p"))).toEqual([]);
    expect(codes(server("port=127.0.0.1:9001"))).toEqual([]);
  });
});

describe("a socket that every user may write to", () => {
  const socket = (...lines: string[]) =>
    `[supervisord]\n${RPC}[unix_http_server]\nfile=/tmp/s.sock\n${lines.join("\n")}\n`;

  test.each([
    ["0777", "0770"],
    ["766", "0760"],
    ["0702", "0700"],
  ])("is open to everybody: %s", (mode, better) => {
    const text = socket(`chmod=${mode}`);
    const problem = problemOf(readText(text), "server.open");
    expect(coveredBy(text, problem)).toBe(mode);
    expect(applied(text, problem.fixes?.[0])).toContain(`chmod=${better}`);
    expect(readText(applied(text, problem.fixes?.[0])).problems).toEqual([]);
  });

  test("is none with another mode, or a password", () => {
    expect(codes(socket("chmod=0770"))).toEqual([]);
    expect(codes(socket("chmod=0777", "username=u", "password=p"))).toEqual([]);
  });
});

describe("a port", () => {
  test("that a server and a program want is told at the second", () => {
    const text = `[supervisord]\n${RPC}[inet_http_server]\nport=127.0.0.1:9001\n[program:a]\ncommand=app --port 9001\n`;
    const problem = problemOf(readText(text), "port.taken");
    expect(coveredBy(text, problem)).toBe("app --port 9001");
    expect(problem.related?.[0]?.message.args).toEqual(["inet_http_server"]);
  });

  test.each([
    "gunicorn -b 0.0.0.0:8000 app",
    "uvicorn app --port=8000",
    "php -S localhost:8000",
    "python3 -m http.server 8000",
    "app --bind :8000 --more",
  ])("of %s is known", (command) => {
    expect(
      codes(`[supervisord]\n[program:a]\ncommand=${command}\n[program:b]\ncommand=x --port 8000\n`),
    ).toContain("port.taken");
  });

  test("that two programs get from their environment is told", () => {
    expect(
      codes(
        "[supervisord]\n[program:a]\ncommand=x\nenvironment=PORT=3000\n[program:b]\ncommand=y\nenvironment=PORT=3000\n",
      ),
    ).toEqual(["port.taken"]);
  });

  test("that all processes of a program would take is told", () => {
    const text = (port: string) =>
      `[supervisord]\n[program:a]\ncommand=x --port=${port}\nnumprocs=2\nprocess_name=%(process_num)d\n`;
    expect(codes(text("8000"))).toEqual(["port.taken"]);
    expect(codes(text("80%(process_num)02d"))).toEqual([]);
  });
});

test("a socket that a server and a FastCGI program name is told", () => {
  expect(
    codes(
      `[supervisord]\n${RPC}[unix_http_server]\nfile=/tmp/s.sock\n[fcgi-program:f]\ncommand=x\nsocket=unix:///tmp/s.sock\n`,
    ),
  ).toEqual(["socket.taken"]);
});

describe("an include", () => {
  test("that brings a file twice is told", () => {
    const text = "[supervisord]\n[include]\nfiles=a.conf *.conf\n";
    const reading = readText(text, {}, { "/site/a.conf": "[program:a]\ncommand=x\n" });
    expect(reading.problems.filter(({ code }) => code === "include.twice")).toHaveLength(2);
  });
});
