import { describe, expect, test } from "vitest";
import { lineTable, offsetAt, positionAt } from "../../../daemon/config/lines.ts";
import { readConfiguration } from "../../../daemon/config/read.ts";
import { inEnglish } from "../../../daemon/config/say.ts";
import { kindOf, optionOf, optionsOf } from "../../../daemon/config/schema.ts";
import { memoryMachine } from "./memory-machine.ts";
import { applied, FILE, problemOf, processOf, readText } from "./reading.ts";

describe("a configuration that cannot be read", () => {
  test.each([
    ["/site/none.conf", "file.missing", "could not find config file /site/none.conf"],
    ["/site", "file.unreadable", "could not read config file /site"],
  ])("%s is told in a sentence", (file, code, refusal) => {
    const reading = readConfiguration(file, memoryMachine({ [FILE]: "" }));
    expect(reading.refusal).toBe(refusal);
    expect(inEnglish(problemOf(reading, code).message)).toContain(file);
    expect(reading.configuration).toBeNull();
  });

  test("because the user may not is told in a sentence", () => {
    const machine = memoryMachine({}, { readFile: () => ({ kind: "error", code: "EACCES" }) });
    expect(inEnglish(problemOf(readConfiguration(FILE, machine), "file.unreadable").message)).toContain(
      "may not be read",
    );
  });

  test("because it is not UTF-8 names the line", () => {
    const bytes = new Uint8Array([...new TextEncoder().encode("[supervisord]\n; "), 0xe9, 0x0a]);
    const reading = readConfiguration(FILE, memoryMachine({ [FILE]: bytes }));
    expect(inEnglish(problemOf(reading, "file.encoding").message)).toContain("Line 2");
  });
});

describe("a byte order mark", () => {
  const text = "\ufeff[supervisord]\n";

  test("is told with what Supervisor says, and the fix takes it out", () => {
    const reading = readText(text);
    expect(reading.refusal).toBe(
      `File contains no section headers.\nfile: '${FILE}', line: 1\n'\\ufeff[supervisord]\\n'`,
    );
    const fixed = applied(text, problemOf(reading, "file.byte-order-mark").fixes?.[0]);
    expect(fixed).toBe("[supervisord]\n");
  });

  test("that the editor does not show is told all the same", () => {
    const look = (question: string) => question === `marked ${FILE}`;
    expect(readText("[supervisord]\n", {}, {}, { look }).problems).toMatchObject([
      { code: "file.byte-order-mark", severity: "error" },
    ]);
    expect(readText(text, {}, {}, { look }).problems).toHaveLength(1);
    expect(readText("[supervisord]\n", {}, {}, { look: () => null }).problems).toEqual([]);
  });

  test("in an included file is told there", () => {
    const main = "[supervisord]\n[include]\nfiles=a.conf\n";
    const reading = readText(main, {}, { "/site/a.conf": "\ufeff[program:a]\ncommand=a\n" });
    expect(problemOf(reading, "file.byte-order-mark").file).toBe("/site/a.conf");
  });
});

describe("a configuration", () => {
  test("that Supervisor refuses still tells all its problems", () => {
    const reading = readText("[supervisord]\nminfds=x\n[program:a]\nstartsecs=y\n[inet_http_server]\n");
    expect(reading.refusal).toBe("invalid literal for int() with base 10: 'x'");
    expect(reading.problems.filter((problem) => problem.upstream !== undefined)).toHaveLength(4);
  });

  test("is read with its includes, in the order of their names", () => {
    const reading = readText(
      "[supervisord]\n[include]\nfiles=conf.d/*.conf\n",
      {},
      {
        "/site/conf.d/b.conf": "[program:b]\ncommand=%(here)s/b\n",
        "/site/conf.d/a.conf": "[program:a]\ncommand=a\n",
      },
    );
    expect([...reading.documents.keys()]).toEqual([FILE, "/site/conf.d/a.conf", "/site/conf.d/b.conf"]);
    expect(processOf(reading, "b").command).toBe("/site/conf.d/b");
  });

  test("names the included file that a refused section came from", () => {
    const reading = readText(
      "[supervisord]\n[include]\nfiles=a.conf\n",
      {},
      { "/site/a.conf": "[program:a]\n" },
    );
    expect(reading.refusal).toBe(
      "program section program:a does not specify a command in section 'program:a' (file: '/site/a.conf')",
    );
    expect(problemOf(reading, "option.required").file).toBe("/site/a.conf");
  });

  test("without [supervisord] is a fragment, if the reader may take it for one", () => {
    const text = "startsecs=1\n[program:a]\ncommand=x\n";
    expect(readText("[program:a]\ncommand=x\n").refusal).toBe(
      ".ini file does not include supervisord section",
    );
    expect(readText("[program:a]\ncommand=x\n", { fragment: "auto" })).toMatchObject({
      refusal: null,
      fragment: true,
    });
    expect(readText(text, { fragment: "auto" }).refusal).toContain("File contains no section headers.");
  });

  test("knows which settings it states itself", () => {
    const reading = readText("[supervisord]\nlogfile=/tmp/x.log\n");
    expect(reading.configuration?.supervisord.stated).toEqual({
      logfile: true,
      pidfile: false,
      childlogdir: false,
    });
  });

  test("has the settings of supervisorctl, whose mistakes do not refuse it", () => {
    const reading = readText(
      "[supervisord]\n[supervisorctl]\nserverurl=unix:///tmp/../tmp/s.sock\nprompt=%(nope)s\n",
    );
    expect(reading.refusal).toBeNull();
    expect(reading.configuration?.supervisorctl).toMatchObject({
      serverurl: "unix:///tmp/s.sock",
      prompt: "supervisor",
    });
    expect(problemOf(reading, "expansion.unknown").severity).toBe("warning");
  });

  test("has users that the machine does not know only when read leniently", () => {
    const text = "[supervisord]\n[program:a]\ncommand=x\nuser=nobody-here\n";
    expect(readText(text).refusal).toContain("Invalid user name nobody-here");
    expect(processOf(readText(text, { lenient: true }), "a").uid).toEqual({
      kind: "name",
      name: "nobody-here",
    });
  });

  test("that asks for more processes than can be is refused, not run out of memory", () => {
    const text =
      "[supervisord]\n[program:a]\ncommand=x\nprocess_name=%(process_num)d\nnumprocs=99999999999\n";
    expect(problemOf(readText(text), "numprocs.too-many").severity).toBe("error");
  });
});

describe("positions", () => {
  const table = lineTable("ab\r\nc\rd\n");

  test.each([
    [0, 0, 0],
    [3, 0, 3],
    [4, 1, 0],
    [6, 2, 0],
    [8, 3, 0],
    [99, 3, 0],
  ])("offset %i is line %i, character %i", (offset, line, character) => {
    expect(positionAt(table, offset)).toEqual({ line, character });
  });

  test("past a line's end are its end", () => {
    expect(offsetAt(table, { line: 0, character: 9 })).toBe(2);
    expect(offsetAt(table, { line: 9, character: 0 })).toBe(8);
  });
});

describe("the option table", () => {
  test.each([
    ["program:x", "program"],
    ["unix_http_server", "unix_http_server"],
    ["inet_http_server:second", "inet_http_server"],
    ["program", null],
    ["supervisord:x", null],
    ["Program:x", null],
  ])("[%s] is of the kind %s", (header, kind) => {
    expect(kindOf(header)).toBe(kind);
  });

  test("has a program's options for event listeners too, save redirect_stderr", () => {
    expect(optionOf("eventlistener", "command")?.required).toBe(true);
    expect(optionOf("eventlistener", "redirect_stderr")).toBeNull();
    expect(optionsOf("fcgi-program").map((option) => option.name)).toContain("redirect_stderr");
  });

  test("names no option of a kind twice", () => {
    for (const kind of ["program", "eventlistener", "fcgi-program", "supervisord"] as const) {
      const names = optionsOf(kind).map((option) => option.name);
      expect(new Set(names).size).toBe(names.length);
    }
  });
});
