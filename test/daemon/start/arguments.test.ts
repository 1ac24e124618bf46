import { expect, test } from "vitest";
import { localMachine } from "../../../daemon/io/machine.ts";
import { parseArguments } from "../../../daemon/start/arguments.ts";

const parse = (...argv: string[]) => parseArguments(argv, localMachine());

test("every option has its long form, most a letter, and both are read alike", () => {
  const long = parse(
    ...["--nodaemon", "--silent", "--nocleanup", "--strip_ansi", "--user=a", "--umask=27", "--directory=/"],
    ...[
      "--logfile=/x.log",
      "--logfile_maxbytes=5MB",
      "--logfile_backups=3",
      "--loglevel=WARN",
      "--pidfile=/p",
    ],
    ...["--identifier=me", "--childlogdir=/", "--minfds=10", "--configuration=/a.conf"],
  );
  const short = parse(
    "-nskt",
    "-ua",
    "-m27",
    "-d/",
    "-l/x.log",
    "-y5mb",
    "-z3",
    "-ewarn",
    "-j/p",
    "-ime",
    "-q/",
    "-a10",
    "-c/a.conf",
  );
  expect(short).toEqual(long);
  expect(long).toMatchObject({
    configuration: "/a.conf",
    nodaemon: true,
    silent: true,
    nocleanup: true,
    stripAnsi: true,
    user: "a",
    umask: 0o27,
    directory: "/",
    logfile: "/x.log",
    logfileMaxbytes: 5 * 1024 * 1024,
    logfileBackups: 3,
    loglevel: "warn",
    pidfile: "/p",
    identifier: "me",
    childlogdir: "/",
    minfds: 10,
    action: "run",
  });
});

test("our own options leave the abbreviations of Supervisor's as they are", () => {
  expect(parse("--st", "--prof=x")).toMatchObject({ stripAnsi: true, profileOptions: "x" });
  expect(parse("--stat=/tmp")).toBe("option --stat not recognized");
  expect(parse("--plan", "--state-directory", "/tmp")).toMatchObject({
    action: "plan",
    stateDirectory: "/tmp",
  });
  expect(parse("--print-unit=launchd")).toMatchObject({ action: "print-unit", unitKind: "launchd" });
});

test("a home directory is expanded where a path must exist", () => {
  const machine = { ...localMachine(), environment: { HOME: "/usr" } };
  expect(parseArguments(["-d", "~/bin"], machine)).toMatchObject({ directory: "/usr/bin" });
});
