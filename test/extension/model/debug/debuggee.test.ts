import { expect, test } from "vitest";
import {
  type Debuggee,
  debuggeeOf,
  entryOf,
  successorOf,
  worthDebugging,
} from "../../../../extension/model/debug/debuggee.ts";

const facts = (executable: string, command: string, nodeOptions = "") => ({
  pid: 7,
  executable,
  args: command.split(" "),
  nodeOptions,
});

test.each([
  ["node", "/usr/bin/node server.js --port 3000", "node", "node server.js --port 3000", false],
  ["node", "next-server (v15)", "node", "next-server (v15)", false],
  ["node", "node /usr/lib/node_modules/npm/bin/npm-cli.js run dev", "node", undefined, true],
  ["node", "npm run dev", "node", "npm run dev", true],
  ["node", "node --watch site.mjs", "node", undefined, true],
  ["node", "node site.mjs --watch", "node", undefined, false],
  ["nodejs", "nodejs /usr/bin/yarn.js dev", "node", undefined, true],
  ["python3.12", "/usr/bin/python3 manage.py runserver", "python", "python3 manage.py runserver", false],
])("%s as %s is %s", (executable, command, language, label, isLauncher) => {
  const debuggee = debuggeeOf(facts(executable, command));
  expect(debuggee).toMatchObject({ language, isLauncher, ...(label === undefined ? {} : { label }) });
});

test.each(["bash", "bun", "deno", "nodemon", "ruby", ""])("%j is not to be debugged", (executable) => {
  expect(debuggeeOf(facts(executable, "x"))).toBeNull();
});

test.each([
  ["node a.js", "", { kind: "signal", port: 9229 }],
  ["node --inspect-port=9300 a.js", "", { kind: "signal", port: 9300 }],
  ["node --inspect=0.0.0.0:9301 a.js", "--inspect=9400", { kind: "signal", port: 9301 }],
  [
    "node a.js --inspect=9300",
    "--max-old-space-size=99 --inspect=127.0.0.1:0",
    { kind: "signal", port: 9229 },
  ],
  ["node a.js", "--disable-sigusr1", { kind: "refuses" }],
])("the inspector of %s with NODE_OPTIONS %j is opened so", (command, nodeOptions, entry) => {
  expect(entryOf(facts("node", command, nodeOptions), "node")).toEqual(entry);
});

test.each([
  ["python -m debugpy --listen 5678 app.py", { kind: "listens", host: "127.0.0.1", port: 5678 }],
  ["python -m debugpy --listen 0.0.0.0:5679 app.py", { kind: "listens", host: "127.0.0.1", port: 5679 }],
  ["python /x/debugpy --listen localhost:5680 app.py", { kind: "listens", host: "localhost", port: 5680 }],
  ["python app.py --listen 8000", { kind: "pid" }],
])("a debugger gets into %s so", (command, entry) => {
  expect(entryOf(facts("python3", command), "python")).toEqual(entry);
});

const one = (label: string, isLauncher = false): Debuggee => ({
  pid: label.length,
  language: "node",
  label,
  isLauncher,
});

test("npm is only debugged where it launches nothing", () => {
  expect(worthDebugging([one("npm", true), one("vite")])).toEqual([one("vite")]);
  expect(worthDebugging([one("npm", true)])).toEqual([one("npm", true)]);
});

test("after a restart the debugger goes on with the same command, the only one, or none", () => {
  const both = [one("a"), one("bb")];
  expect(successorOf("bb", [one("npm", true), ...both])?.label).toBe("bb");
  expect(successorOf("b", [one("npm", true), one("a")])?.label).toBe("a");
  expect([successorOf("c", both), successorOf("a", [one("a"), one("a")]), successorOf("a", [])]).toEqual([
    null,
    null,
    null,
  ]);
});
