import { describe, expect, test } from "vitest";
import type { Question } from "../../../daemon/config/machine.ts";
import type { Reading } from "../../../daemon/config/read.ts";
import { applied, coveredBy, FILE, readText } from "./reading.ts";

/** A reading on a machine that has only these things, and does not know of those that end with `?`. */
function readWith(text: string, ...things: string[]): Reading {
  const has = (question: string) => (things.includes(`${question}?`) ? null : things.includes(question));
  const look = (question: Question) => {
    const [, name, path] = /^program (\S+) (.*)$/.exec(question) ?? [];
    if (name === undefined || path === undefined) return has(question);
    const answers = path.split(":").map((folder) => has(`executable ${folder}/${name}`));
    return answers.includes(true) || (answers.includes(null) ? null : false);
  };
  return readText(text, {}, {}, { look });
}

function codes(reading: Reading): string[] {
  return reading.problems.map((problem) => problem.code);
}

const program = (...lines: string[]) => `[supervisord]\n[program:p]\n${lines.join("\n")}\n`;

describe("a command", () => {
  test("that no folder of PATH has is told", () => {
    const reading = readWith(program("command=ap --fast"));
    expect(reading.problems).toMatchObject([{ code: "command.not-found", severity: "information" }]);
  });

  test("that a folder of PATH has is fine", () => {
    expect(codes(readWith(program("command=app"), "executable /bin/app"))).toEqual([]);
  });

  test("is not told of while the machine has not answered", () => {
    expect(codes(readWith(program("command=app"), "executable /bin/app?"))).toEqual([]);
  });

  test("is looked for in the program's own PATH, which the fix makes wider", () => {
    const text = program("command=app", 'environment=PATH="/opt/bin"');
    const reading = readWith(text, "executable /bin/app");
    expect(reading.problems).toMatchObject([{ code: "command.not-found", severity: "warning" }]);
    const fixed = applied(text, reading.problems[0]?.fixes?.[0]);
    expect(fixed).toContain('PATH="/opt/bin:%(ENV_PATH)s"');
    expect(codes(readWith(fixed, "executable /bin/app"))).toEqual([]);
  });

  test("at a path where there is none is told, if the folder is there", () => {
    expect(codes(readWith(program("command=/tmp/app")))).toEqual(["command.not-found"]);
    expect(codes(readWith(program("command=/app/run")))).toEqual([]);
  });

  test("at a path is not told of while nobody knows whether there is a file that cannot be executed", () => {
    expect(codes(readWith(program("command=/tmp/app"), "file /tmp/app?"))).toEqual([]);
  });

  test("of the system that is not installed here is only a piece of information", () => {
    const look = () => false;
    const severity = (command: string) =>
      readText(program(`command=${command}`), {}, { "/bin/cat": "" }, { look }).problems[0]?.severity;
    expect(severity("/bin/nginx -g 'daemon off;'")).toBe("information");
    expect(severity("/tmp/app")).toBe("warning");
  });

  test("may not be a file that cannot be executed", () => {
    const reading = readWith(program("command=/tmp/app"), "file /tmp/app");
    expect(reading.problems[0]?.message.template).toContain("is not an executable file");
  });
});

describe("a script", () => {
  test("that the program's directory does not have is told", () => {
    const text = program("command=node server.js", "directory=/tmp");
    expect(codes(readWith(text, "executable /bin/node"))).toEqual(["command.no-script"]);
    expect(codes(readWith(text, "executable /bin/node", "file /tmp/server.js"))).toEqual([]);
  });

  test.each(["node -e 1", "python -m http.server", "bash -c x.sh", "node --run dev", "python"])(
    "is not looked for in %j",
    (command) => {
      const name = `executable /bin/${command.split(" ")[0]}`;
      expect(
        codes(readWith(program(`command=${command}`, "directory=/tmp", "stopasgroup=true"), name)),
      ).toEqual([]);
    },
  );
});

describe("a password", () => {
  const text = "[supervisord]\n[supervisorctl]\nserverurl=http://127.0.0.1:9001\nusername=u\npassword=";

  test("in a file under version control is told", () => {
    const reading = readWith(`${text}s3cret\n`, `versioned ${FILE}`);
    expect(coveredBy(`${text}s3cret\n`, reading.problems[0] ?? never())).toBe("s3cret");
    expect(codes(reading)).toEqual(["password.committed"]);
  });

  test.each(["%(ENV_HOME)s", "{{ supervisor_password }}", "\u0024{PASSWORD}"])(
    "that is filled in later may be in such a file: %s",
    (value) => {
      expect(codes(readWith(`${text}${value}\n`, `versioned ${FILE}`))).toEqual([]);
    },
  );

  test("in a file of one's own is fine", () => {
    expect(codes(readWith(`${text}s3cret\n`))).toEqual([]);
  });
});

function never(): never {
  throw new Error("there is no problem");
}
