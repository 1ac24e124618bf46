import { describe, expect, test } from "vitest";
import { parseCommandLine } from "../../../daemon/ctl/command-line.ts";

describe("the command line of supervisorctl", () => {
  test("asks for the prompt when it names no action", () => {
    expect(parseCommandLine(["-s", "unix:///s"])).toMatchObject({
      kind: "run",
      action: [],
      interactive: true,
    });
  });

  test("leaves what follows the action to the action", () => {
    expect(parseCommandLine(["-ua", "-pb", "tail", "-f", "x"])).toMatchObject({
      action: ["tail", "-f", "x"],
      interactive: false,
      username: "a",
      password: "b",
    });
  });

  test("takes long options cut short, with or without an equals sign", () => {
    expect(parseCommandLine(["--conf=x", "--server", "http://h:1", "--int", "pid"])).toMatchObject({
      configuration: "x",
      serverurl: "http://h:1",
      interactive: true,
      action: ["pid"],
    });
  });

  test("ends its options at two dashes", () => {
    expect(parseCommandLine(["--", "-x"])).toMatchObject({ kind: "run", action: ["-x"] });
  });

  test("asks for help before anything else is judged", () => {
    expect(parseCommandLine(["-h", "-s", "not a url"])).toEqual({ kind: "help" });
  });

  test.each([
    [["-x"], "option -x not recognized"],
    [["--nope"], "option --nope not recognized"],
    [["--h"], "option --h not a unique prefix"],
    [["-c"], "option -c requires argument"],
    [["--help=1"], "option --help must not have an argument"],
    [["-s", "host:"], "invalid value for -s 'host:': value 'host:' is not a URL"],
    [["-u", "a", "--username", "b"], "conflicting command line option '--username'"],
  ])("%j is refused", (argv, problem) => {
    expect(parseCommandLine(argv)).toEqual({ kind: "wrong", problem });
  });
});
