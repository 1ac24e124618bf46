// What npm cannot install: found by presence, installed with apt-get by root on Debian, else asked for in one line.
import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { run, say, secondsSince } from "./run.mjs";

/** The commands, or files, by which each thing is found (any of them will do) and the Debian packages that bring it. */
const PREREQUISITES = {
  compiler: { commands: ["g++", "clang++"], packages: ["g++"] },
  make: { commands: ["make"], packages: ["make"] },
  python3: { commands: ["python3"], packages: ["python3"] },
  kerberos: { commands: ["krb5-config"], packages: ["libkrb5-dev"] },
  chromium: {
    commands: ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"],
    packages: ["chromium", "fonts-liberation"],
  },
  debugpy: { files: ["/usr/lib/python3/dist-packages/debugpy"], packages: ["python3-debugpy"] },
  supervisor: { commands: ["supervisorctl"], packages: ["supervisor"] },
};

/** What compiles the native modules of VS Code for the browser. */
export const EDITOR_BUILD = ["compiler", "make", "python3", "kerberos"];

/** One apt-get at a time: a second one would find the first one's lock and give up. */
let turn = Promise.resolve();

/** Installs those of `names` that are missing; null where all are there, else the sentence that asks for the rest. */
export function ensurePrerequisites(names) {
  const installed = turn.then(() => installMissing(names));
  turn = installed.catch(() => {});
  return installed;
}

async function installMissing(names) {
  const missing = names.filter((name) => !isPresent(name));
  if (missing.length === 0) return null;
  const packages = missing.flatMap((name) => PREREQUISITES[name].packages);
  if (!canUseApt()) return `Missing: ${missing.join(", ")}. On Debian: apt-get install ${packages.join(" ")}`;
  say(`Installing ${packages.join(", ")} (apt-get) ...`);
  const startedAt = performance.now();
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  await run("apt-get", ["update", "-q"], { env });
  const { code, output } = await run(
    "apt-get",
    ["install", "-y", "-q", "--no-install-recommends", ...packages],
    { env },
  );
  if (code !== 0) return `Missing: ${missing.join(", ")}; apt-get install ended with ${code}:\n${output}`;
  say(`Installed ${packages.join(", ")} in ${secondsSince(startedAt)}.`);
  return null;
}

/** The absolute path of a command on the PATH, or null. */
export function findCommand(command) {
  const found = (process.env.PATH ?? "")
    .split(delimiter)
    .filter((folder) => folder !== "")
    .map((folder) => join(folder, command))
    .find(isExecutable);
  return found ?? null;
}

function isPresent(name) {
  const { commands = [], files = [] } = PREREQUISITES[name];
  return commands.some((command) => findCommand(command) !== null) || files.some((file) => existsSync(file));
}

function canUseApt() {
  return process.getuid?.() === 0 && existsSync("/etc/debian_version") && findCommand("apt-get") !== null;
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
