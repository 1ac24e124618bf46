import { writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readCtlSection } from "../../../daemon/ctl/section.ts";
import { scratchFolder } from "../../helpers/scratch.ts";

function read(text: string, environment: NodeJS.ProcessEnv = {}) {
  const folder = scratchFolder();
  const file = join(folder, "s.conf");
  writeFileSync(file, text);
  return { folder, section: readCtlSection(file, environment) };
}

describe("the [supervisorctl] section", () => {
  test("is read with its names filled in and its paths made whole", () => {
    const { folder, section } = read(
      "[supervisorctl]\nserverurl=unix://%(here)s/x/../s.sock ; ours\nusername=%(ENV_WHO)s\npassword=100%%\nhistory_file=~/h\n",
      { WHO: "me" },
    );
    expect(section).toEqual({
      serverurl: `unix://${folder}/s.sock`,
      username: "me",
      password: "100%",
      prompt: null,
      historyFile: join(homedir(), "h"),
    });
  });

  test("counts whatever is wrong elsewhere in the file", () => {
    const { section } = read("garbage\n[program:x]\nnumprocs=many\n[supervisorctl]\nprompt=p\n[broken\n");
    expect(section?.prompt).toBe("p");
  });

  test("is missed where it is missing", () => {
    expect(read("[supervisord]\n").section).toBeNull();
  });

  test("names what cannot be filled in", () => {
    expect(() => read("[supervisorctl]\nprompt=%(here)s\n")).toThrow(
      "Format string '%(here)s' for 'supervisorctl.prompt' contains names ('here') which cannot be expanded.",
    );
  });

  test("of a file that cannot be read is told apart from one that is not there", () => {
    expect(() => readCtlSection("/no/such/file", {})).toThrow("could not find config file /no/such/file");
    expect(() => readCtlSection("/tmp", {})).toThrow("could not read config file /tmp");
  });
});
