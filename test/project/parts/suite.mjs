// One Vitest project, run to its end and counted.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { root } from "./places.mjs";
import { reasonsOf } from "./reasons.mjs";
import { run } from "./run.mjs";

/** Runs the tests of a Vitest project with its own report on the screen, and counts each of them in the tally. */
export async function runSuite(project, tally) {
  const folder = mkdtempSync(join(tmpdir(), "suite-"));
  const report = join(folder, "report.json");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const args = ["run", "--project", project, ...reporters];
  try {
    const { code } = await run(join(root, "node_modules/.bin/vitest"), args, { output: "inherit" });
    const failures = countReport(readReport(report), tally);
    // Nothing failed by name, and yet: no test found, or an error outside of every test.
    if (code !== 0 && failures === 0) tally.fail(`${project} tests: vitest ended with ${code}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8")).testResults;
  } catch {
    // No report: Vitest did not get as far; its exit code tells.
    return [];
  }
}

function countReport(files, tally) {
  let failures = 0;
  for (const { name, status, message, assertionResults } of files) {
    const path = relative(root, name);
    const failed = assertionResults.filter((test) => test.status === "failed");
    tally.pass(assertionResults.filter((test) => test.status === "passed").length);
    for (const test of failed) tally.fail(`${path} > ${test.fullName}`, reasonsOf(test.failureMessages));
    const brokeOutside = status === "failed" && failed.length === 0;
    if (brokeOutside) tally.fail(path, message);
    failures += failed.length + (brokeOutside ? 1 : 0);
  }
  return failures;
}
