import { describe, expect, test } from "vitest";
import type { Reading } from "../../../daemon/config/read.ts";
import { inEnglish } from "../../../daemon/config/say.ts";
import { applied, coveredBy, FILE, problemOf, processOf, readText } from "./reading.ts";

const MAIN_INTERFACE = "supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface";

function mended(text: string, code: string): Reading {
  const reading = readText(applied(text, problemOf(readText(text), code).fixes?.[0]));
  expect(reading.problems.map((problem) => problem.code)).not.toContain(code);
  return reading;
}

describe("a password", () => {
  test.each(["ab #cd", "ab ;cd"])("%j ends before its comment sign, which is told", (password) => {
    const text = `[supervisord]\n[inet_http_server]\nport=9001\nusername=u\npassword=${password}\n`;
    const reading = readText(text);
    expect(reading.configuration?.httpServers[0]?.password).toBe("ab");
    expect(coveredBy(text, problemOf(reading, "comment.truncates"))).toBe(password.slice(3));
  });

  test("may be followed by a remark, which is nobody's problem", () => {
    const text =
      "[supervisord]\n[inet_http_server]\nport=9001 ; the port\nusername=u ; who\npassword=p ; secret word\n";
    expect(readText(text).problems.map((problem) => problem.code)).toEqual(["rpcinterface.missing"]);
  });

  test.each([
    "[inet_http_server]\nport=9001\nusername=u ;登录管理后台的用户名\npassword=p ;登录管理后台的密码\n",
    "[supervisorctl]\nprompt=s ;命令行提示符\n",
    "[program:a]\ncommand=a ;启动命令 -c 指定配置文件\nenvironment=A=1 ;环境变量，例如B=2\n",
    "[program:a]\ncommand=a ;команда\nuser=root ;supervisor的用户\n",
  ])("and other values may be followed by a remark without spaces, as in %j", (section) => {
    const reading = readText(`[supervisord]\n${section}`);
    expect(reading.problems.map(({ code }) => code)).not.toContain("comment.truncates");
  });

  test("with a percent sign refuses the file until the sign is doubled", () => {
    const text = `[supervisord]\n[inet_http_server]\nport=9001\nusername=u\npassword=a%c\n`;
    expect(readText(text).refusal).toContain("is badly formatted");
    expect(mended(text, "expansion.percent").configuration?.httpServers[0]?.password).toBe("a%c");
  });

  test("without a username is refused", () => {
    const text = "[supervisord]\n[inet_http_server]\nport=9001\nusername=u\n";
    expect(readText(text).refusal).toContain("Section [inet_http_server] contains incomplete authentication");
    expect(mended(text, "server.credentials").refusal).toBeNull();
  });
});

test("a value in [DEFAULT] that a comment cuts is told there, once", () => {
  const text = "[DEFAULT]\nuser=web ;er\n[supervisord]\n[program:a]\ncommand=a\n[program:b]\ncommand=b\n";
  const cut = readText(text).problems.filter(({ code }) => code === "comment.truncates");
  expect(cut.map((problem) => coveredBy(text, problem))).toEqual([";er"]);
});

describe("[supervisord] environment", () => {
  const text = '[supervisord]\nenvironment=A="50%%"\n[program:p]\ncommand=a\n';

  test("with %% is expanded twice before 4.4, which the fix allows for", () => {
    expect(readText(text).refusal).toContain(
      "Format string 'A=\"50%\"' for 'environment' is badly formatted",
    );
    expect(processOf(mended(text, "expansion.twice"), "p").environment).toEqual({ A: "50%" });
  });

  test("with %% is expanded once in 4.4", () => {
    expect(processOf(readText(text, { dialect: "4.4" }), "p").environment).toEqual({ A: "50%" });
  });

  test("has POSIX quoting in 4.4", () => {
    const quoted = '[supervisord]\n[program:p]\ncommand=a\nenvironment=A=\'say "x"\',B=a"b c"d,C="\'x\'"\n';
    expect(processOf(readText(quoted, { dialect: "4.4" }), "p").environment).toEqual({
      A: 'say "x"',
      B: "ab cd",
      C: "'x'",
    });
    expect(processOf(readText(quoted.replace(',B=a"b c"d', "")), "p").environment).toEqual({
      A: 'say "x',
      C: "x",
    });
  });
});

describe("sections", () => {
  test("of one name become one, which is told with both places", () => {
    const text = "[supervisord]\n[program:a]\ncommand=x\n[program:a]\ncommand=y\n";
    const problem = problemOf(readText(text), "section.duplicate");
    expect(processOf(readText(text), "a").command).toBe("y");
    expect(problem.related?.[0]?.range.start).toBe(text.indexOf("[program:a]"));
    expect(mended(text, "section.duplicate").configuration?.groups.map((group) => group.name)).toEqual([
      "a",
      "a-2",
    ]);
  });

  test("of one name are told across includes", () => {
    const text = "[supervisord]\n[include]\nfiles=b.conf\n[program:a]\ncommand=x\n";
    const reading = readText(text, {}, { "/site/b.conf": "[program:a]\ncommand=y\n" });
    expect(problemOf(reading, "section.duplicate")).toMatchObject({
      file: "/site/b.conf",
      related: [{ file: FILE }],
    });
  });

  test.each([
    ["progam:x", "program:x"],
    ["Program:x", "program:x"],
    ["SUPERVISORD", "supervisord"],
    ["program x", "program:x"],
    ["program", "program:NAME"],
  ])("headed [%s] are unknown, and [%s] is what was meant", (header, meant) => {
    const text = `[supervisord]\n[${header}]\ncommand=x\n`;
    expect(applied(text, problemOf(readText(text), "section.unknown").fixes?.[0])).toContain(`[${meant}]`);
  });

  test("of other programs are unknown, without a guess", () => {
    expect(problemOf(readText("[supervisord]\n[mysettings]\n"), "section.unknown").fixes).toBeUndefined();
  });

  test("have options of their own: those of others have no effect", () => {
    const text = "[supervisord]\n[group:g]\nprograms=a\nautostart=true\n[program:a]\ncommand=x\n";
    expect(inEnglish(problemOf(readText(text), "option.misplaced").message)).toContain("[program]");
  });

  test("of programs do not take the daemon's options, which the fix moves", () => {
    const text = "[supervisord]\n[program:a]\ncommand=x\nnodaemon=true\n";
    expect(readText(text).configuration?.supervisord.nodaemon).toBe(false);
    expect(mended(text, "option.misplaced").configuration?.supervisord.nodaemon).toBe(true);
  });

  test("that include take files, and none of them is a socket's", () => {
    const text = "[supervisord]\n[unix_http_server]\n[include]\nfile=conf.d/*.conf\n";
    const { message, fixes } = problemOf(readText(text), "option.misplaced");
    expect(inEnglish(message)).toContain("Did you mean files?");
    expect(applied(text, fixes?.[0])).toContain("[include]\nfiles=conf.d/*.conf\n");
    expect(fixes?.filter(({ preferred }) => preferred)).toEqual([]);
  });

  test("give an option once: an earlier value has no effect", () => {
    const text = "[supervisord]\n[program:a]\ncommand=x\ncommand=y\n";
    expect(coveredBy(text, problemOf(readText(text), "option.duplicate"))).toBe("command=x");
    expect(processOf(mended(text, "option.duplicate"), "a").command).toBe("y");
  });

  test("that look like one but are indented belong to the value above", () => {
    const text = "[supervisord]\n[program:a]\ncommand=x\n [program:b]\n command=y\n";
    expect(processOf(readText(text), "a").command).toBe("x\n[program:b]\ncommand=y");
    expect(coveredBy(text, problemOf(readText(text), "entry.glued"))).toBe("[program:b]");
  });
});

describe("a name", () => {
  test.each(["a b", "a:b", "a/b"])("%j is refused", (name) => {
    const text = `[supervisord]\n[program:${name}]\ncommand=x\n`;
    expect(readText(text).refusal).toContain(`Invalid name: '${name}' because of character`);
    expect(mended(text, "name.invalid").configuration?.groups.map((group) => group.name)).toEqual(["a-b"]);
  });
});

describe("numprocs", () => {
  test("needs names of their own for the processes", () => {
    const text = "[supervisord]\n[program:a]\ncommand=x\nnumprocs=2\n";
    const names = mended(text, "numprocs.process-name").configuration?.groups[0]?.processes.map(
      ({ name }) => name,
    );
    expect(names).toEqual(["a_00", "a_01"]);
  });

  test("needs logs of their own for the processes", () => {
    const text =
      "[supervisord]\n[program:a]\ncommand=x\nnumprocs=2\nprocess_name=a%(process_num)d\nstdout_logfile=/tmp/a.log\n";
    const processes = mended(text, "logfile.numprocs").configuration?.groups[0]?.processes;
    expect(processes?.map(({ stdout }) => stdout.logfile)).toEqual(["/tmp/a_00.log", "/tmp/a_01.log"]);
  });
});

test("two programs on one log are told", () => {
  const text =
    "[supervisord]\n[program:a]\ncommand=x\nstdout_logfile=/tmp/x.log\n[program:b]\ncommand=y\nstdout_logfile=/tmp/x.log\n";
  expect(inEnglish(problemOf(readText(text), "logfile.shared").message)).toContain("[program:a]");
});

test("a program on the daemon's own log is told", () => {
  const text = "[supervisord]\nlogfile=%(here)s/s.log\n[program:a]\ncommand=x\nstdout_logfile=/site/s.log\n";
  expect(inEnglish(problemOf(readText(text), "logfile.shared").message)).toContain("[supervisord]");
});

describe("a group", () => {
  const programs = "[program:aa]\ncommand=x\n[program:bb]\ncommand=y\n";

  test("takes commas between its programs", () => {
    const text = `[supervisord]\n[group:g]\nprograms=aa bb\n${programs}`;
    expect(readText(text).refusal).toBe("[group:g] names unknown program or fcgi-program aa bb");
    expect(mended(text, "group.separator").configuration?.groups[0]?.processes).toHaveLength(2);
  });

  test("with an unknown program is refused in words that blame the program before it", () => {
    const text = `[supervisord]\n[group:g]\nprograms=aa,bbb\n${programs}`;
    const reading = readText(text);
    expect(reading.refusal).toBe("[program:aa] names unknown program or fcgi-program bbb");
    expect(coveredBy(text, problemOf(reading, "group.unknown-program"))).toBe("bbb");
    expect(mended(text, "group.unknown-program").refusal).toBeNull();
  });

  test("that shares a program with another runs it twice", () => {
    const text = `[supervisord]\n[group:g]\nprograms=aa\n[group:h]\nprograms=aa,bb\n${programs}`;
    expect(readText(text).configuration?.groups.map((group) => group.processes.length)).toEqual([1, 2]);
    const groups = mended(text, "group.twice").configuration?.groups;
    expect(groups?.map((group) => group.processes.map(({ name }) => name))).toEqual([["aa"], ["bb"]]);
  });

  test("changes the names by which its programs are called", () => {
    const text = `[supervisord]\n[group:g]\nprograms=aa\n${programs}`;
    expect(inEnglish(problemOf(readText(text), "group.renamed").message)).toContain("g:aa");
  });
});

describe("an include", () => {
  test("takes spaces between its files", () => {
    const text = "[supervisord]\n[include]\nfiles=a.conf,b.conf\n";
    const files = { "/site/a.conf": "[program:a]\ncommand=x\n", "/site/b.conf": "[program:b]\ncommand=x\n" };
    const reading = readText(text, {}, files);
    expect(reading.warnings).toEqual(['No file matches via include "/site/a.conf,b.conf"']);
    const fixed = applied(text, problemOf(reading, "include.comma").fixes?.[0]);
    expect(readText(fixed, {}, files).configuration?.includeFiles).toEqual(["/site/a.conf", "/site/b.conf"]);
  });

  test("inside an included file is not followed", () => {
    const reading = readText(
      "[supervisord]\n[include]\nfiles=a.conf\n",
      {},
      {
        "/site/a.conf": "[include]\nfiles=b.conf\n",
        "/site/b.conf": "[program:b]\ncommand=x\n",
      },
    );
    expect(reading.configuration?.groups).toEqual([]);
    expect(problemOf(reading, "include.nested").file).toBe("/site/a.conf");
  });

  test("that matches nothing is told with the path it was looked for at", () => {
    const text = "[supervisord]\n[include]\nfiles=conf.d/*.conf\n";
    expect(inEnglish(problemOf(readText(text), "include.no-match").message)).toContain("/site/conf.d/*.conf");
  });
});

describe("a server", () => {
  test("without the main interface answers nothing", () => {
    const text = "[supervisord]\n[unix_http_server]\nfile=/tmp/s.sock\n";
    expect(mended(text, "rpcinterface.missing").configuration?.rpcInterfaces).toHaveLength(1);
  });

  test("at another place than supervisorctl looks is told", () => {
    const text = `[supervisord]\n[unix_http_server]\nfile=/tmp/s.sock\n[rpcinterface:supervisor]\n${MAIN_INTERFACE}\n[supervisorctl]\nserverurl=unix:///tmp/other.sock\n`;
    expect(mended(text, "supervisorctl.serverurl").configuration?.supervisorctl?.serverurl).toBe(
      "unix:///tmp/s.sock",
    );
  });

  test("with too long a socket path is told", () => {
    const text = `[supervisord]\n[unix_http_server]\nfile=/tmp/${"s".repeat(120)}\n`;
    expect(problemOf(readText(text), "socket.too-long").severity).toBe("error");
  });

  test("whose socket has no directory is told", () => {
    const text = "[supervisord]\n[unix_http_server]\nfile=/nowhere/s.sock\n";
    expect(inEnglish(problemOf(readText(text), "socket.no-directory").message)).toContain("/nowhere");
  });
});

test("an event listener must not redirect its error output", () => {
  const text = "[supervisord]\n[eventlistener:e]\ncommand=x\nevents=TICK_5\nredirect_stderr=true\n";
  expect(readText(text).refusal).toContain("[eventlistener:e] section sets redirect_stderr=true");
  expect(mended(text, "listener.redirect-stderr").refusal).toBeNull();
});

test("loglevel=warning means warn", () => {
  const text = "[supervisord]\nloglevel=warning\n";
  expect(readText(text).refusal).toBe("bad logging level name 'warning'");
  expect(mended(text, "value.loglevel").configuration?.supervisord.loglevel).toBe("warn");
});

test("a program of another user than the daemon's own would not start", () => {
  const text = "[supervisord]\nuser=www\n[program:a]\ncommand=x\nuser=root\n";
  expect(processOf(mended(text, "user.not-root"), "a").uid).toBeNull();
});

test("a program without a command is refused", () => {
  const text = "[supervisord]\n[program:a]\n";
  expect(coveredBy(text, problemOf(readText(text), "option.required"))).toBe("[program:a]");
});
