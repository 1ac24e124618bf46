// `npm test`: installs what is missing, builds, checks and tests. Runs on Node 20 with nothing installed.
// `npm test -- --only check|unit|system|editor` keeps to one part. The last line counts what passed and failed.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { installBrowserEditor } from "./parts/browser.mjs";
import { build } from "./parts/build.mjs";
import { installPackages } from "./parts/install.mjs";
import { editorPackage, root } from "./parts/places.mjs";
import { ensurePrerequisites } from "./parts/prerequisites.mjs";
import { run, say, secondsSince } from "./parts/run.mjs";
import { runSuite } from "./parts/suite.mjs";
import { createTally } from "./parts/tally.mjs";

const PARTS = { check, unit, system, editor };

/** The parts that run the bundles. */
const NEED_BUNDLES = ["system", "editor"];

/** Whether the editor could be installed: a minute and more of waiting, in which the other parts run. */
let installsEditor = Promise.resolve(false);

const tally = createTally();
const startedAt = performance.now();
const { values: options } = parseArgs({ options: { only: { type: "string", multiple: true } } });
const unknown = (options.only ?? []).filter((name) => !Object.hasOwn(PARTS, name));
if (unknown.length === 0) await runParts(options.only ?? Object.keys(PARTS));
else tally.fail(`--only ${unknown.join(", ")}: there are ${Object.keys(PARTS).join(", ")}`);
process.exitCode = tally.print(startedAt) ? 0 : 1;

async function runParts(names) {
  if (!(await attempt("install", () => installPackages(root, "the project's packages")))) return;
  const builds = await attempt("build", build);
  if (builds) tally.pass();
  if (builds && names.includes("editor")) installsEditor = attempt("editor tests", installBrowserEditor);
  for (const name of builds ? names : names.filter((name) => !NEED_BUNDLES.includes(name))) {
    const partStartedAt = performance.now();
    say(`\n--- ${name}`);
    await PARTS[name]();
    say(`--- ${name} took ${secondsSince(partStartedAt)}`);
  }
}

/** Each command of the package's `check` script, counted as one. */
async function check() {
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  for (const command of scripts.check.split(" && ")) await runCheck(command);
}

async function unit() {
  await runSuite("unit", tally);
}

async function system() {
  if (!(await have("system tests", ["supervisor"]))) return;
  const oldestNode = join(root, "test/oldest-node");
  if (
    !(await attempt("system tests", () => installPackages(oldestNode, "the oldest Node that is supported")))
  )
    return;
  await runSuite("system", tally);
}

async function editor() {
  if (!(await have("editor tests", ["chromium", "debugpy"]))) return;
  if (!(await installsEditor)) return;
  await runCheck(`tsc -p ${editorPackage}`);
  await runSuite("editor", tally);
}

async function runCheck(command) {
  const { code, output } = await run("sh", ["-c", command]);
  if (code === 0) tally.pass();
  else tally.fail(command, output);
}

async function have(name, prerequisites) {
  const missing = await ensurePrerequisites(prerequisites);
  if (missing !== null) tally.fail(name, missing);
  return missing === null;
}

async function attempt(name, act) {
  try {
    await act();
    return true;
  } catch (error) {
    tally.fail(name, error.message);
    return false;
  }
}
