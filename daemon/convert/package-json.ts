import { all, argv, type Draft, type Drafts, draftOf, NOTHING } from "./draft.ts";

/** The program that a project's scripts are run with. */
export type PackageManager = "npm" | "pnpm" | "yarn" | "bun";

/** Scripts that run until they are stopped, the most wanted first. */
const LONG_RUNNING = ["dev", "start", "serve", "develop", "watch", "worker", "queue", "storybook", "preview"];

/** The scripts of a package.json that keep running. */
export function fromPackageJson(
  text: string,
  manager: PackageManager,
  directory: string | null = null,
): Drafts {
  const scripts = scriptsOf(text);
  const rank = (name: string) => LONG_RUNNING.indexOf(/^[a-z]+/.exec(name)?.[0] ?? "");
  const running = Object.keys(scripts)
    .filter((name) => rank(name) !== -1 && /^[a-z]+(?:[:\-_.]|$)/.test(name))
    .sort((a, b) => rank(a) - rank(b));
  if (running.length === 0) return NOTHING;
  // What `dev` and `start` do is mostly the same thing, for people and for production.
  const best = running.filter((name) => !name.includes(":"))[0];
  const where = directory === null ? "package.json" : `${directory}/package.json`;
  const toDraft = (script: string): Draft =>
    draftOf(nameOf(script, directory), argv(manager, "run", script), `${where}, script ${script}`, {
      directory,
      chosen: script === best || script.startsWith("worker") || script.startsWith("queue"),
    });
  return all(running.map(toDraft));
}

/** The manager that a project uses, by the lock files in its folder. */
export function packageManager(files: readonly string[]): PackageManager {
  if (files.includes("pnpm-lock.yaml")) return "pnpm";
  if (files.includes("yarn.lock")) return "yarn";
  if (files.includes("bun.lock") || files.includes("bun.lockb")) return "bun";
  return "npm";
}

function nameOf(script: string, directory: string | null): string {
  const folder = directory?.split("/").at(-1);
  return folder === undefined ? script : `${folder}-${script}`;
}

function scriptsOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(text);
    const scripts = typeof parsed === "object" && parsed !== null ? Reflect.get(parsed, "scripts") : null;
    return typeof scripts === "object" && scripts !== null ? scripts : {};
  } catch {
    // Half-written: there is nothing to offer yet.
    return {};
  }
}
