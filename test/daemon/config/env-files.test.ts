import { expect, test } from "vitest";
import { inEnglish } from "../../../daemon/config/say.ts";
import { readText } from "./reading.ts";

const PROGRAM = "[supervisord]\n[program:a]\ncommand=/bin/cat\n";

function problems(option: string, files: Readonly<Record<string, string>>): string[] {
  const look = (question: string) => (question.startsWith("file ") ? question.slice(5) in files : null);
  return readText(`${PROGRAM}env_files=${option}\n`, {}, files, { look }).problems.map(
    ({ code, message }) => `${code} ${inEnglish(message)}`,
  );
}

test("files count from the folder of the configuration, and the program's own variables stand over them", () => {
  const text = `${PROGRAM}environment=A=1\nenv_files=.env -%(here)s/%(program_name)s.env /etc/x\n`;
  const process = readText(text, {}, {}).configuration?.groups[0]?.processes[0];
  expect(process?.envFiles).toEqual({
    files: [
      { path: "/site/.env", isOptional: false },
      { path: "/site/a.env", isOptional: true },
      { path: "/etc/x", isOptional: false },
    ],
    under: ["A"],
  });
});

test("without the option there are none", () => {
  expect(readText(PROGRAM, {}, {}).configuration?.groups[0]?.processes[0]?.envFiles).toBeNull();
});

test("a missing file is told, one that may be missing is not, and the configuration stays good", () => {
  expect(problems(".env -b.env", {})).toEqual([
    "envfile.missing There is no file /site/.env on this machine, so the program could not start here.",
  ]);
  expect(readText(`${PROGRAM}env_files=.env\n`, {}, {}).refusal).toBeNull();
});

test("a line that sets nothing is told with its number", () => {
  expect(problems(".env", { "/site/.env": "A=1\nB\n" })).toEqual([
    "envfile.line The program could not start: in line 2 of /site/.env there is no =.",
  ]);
  expect(problems(".env", { "/site/.env": "A=1\n" })).toEqual([]);
});
