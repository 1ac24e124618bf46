import { execFile } from "node:child_process";
import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Question } from "../daemon/config/machine.ts";

/** How long an answer is taken as still true. */
const MAX_AGE_MS = 5000;

/** Answers questions about the machine that take time: at once where the answer is known, else later. */
export class MachineFacts {
  readonly #answers = new Map<Question, { readonly answer: boolean; readonly at: number }>();
  readonly #asked = new Set<Question>();
  readonly #find: (question: Question) => Promise<boolean | null>;
  readonly #onNews: () => void;
  readonly #now: () => number;
  #hasNews = false;

  /** `onNews` is told once when questions have answers that they did not have before, and no other is on its way. */
  constructor(find: (question: Question) => Promise<boolean | null>, onNews: () => void, now: () => number) {
    this.#find = find;
    this.#onNews = onNews;
    this.#now = now;
  }

  /** The answer as last known; null where there is none yet. */
  ask(question: Question): boolean | null {
    const known = this.#answers.get(question);
    if (known === undefined || this.#now() - known.at >= MAX_AGE_MS) this.#lookUp(question);
    return known?.answer ?? null;
  }

  /** Takes no answer as still true; each stands until a new one is there. */
  forget(): void {
    for (const [question, { answer }] of this.#answers) {
      this.#answers.set(question, { answer, at: Number.NEGATIVE_INFINITY });
    }
  }

  #lookUp(question: Question): void {
    if (this.#asked.has(question)) return;
    this.#asked.add(question);
    this.#find(question).then(
      (answer) => this.#learn(question, answer),
      () => this.#learn(question, null),
    );
  }

  #learn(question: Question, answer: boolean | null): void {
    const before = this.#answers.get(question)?.answer;
    if (answer !== null) this.#answers.set(question, { answer, at: this.#now() });
    this.#hasNews ||= answer !== null && answer !== before;
    this.#asked.delete(question);
    if (this.#asked.size > 0 || !this.#hasNews) return;
    this.#hasNews = false;
    this.#onNews();
  }
}

/** Finds out on this machine; null where it cannot tell. */
export async function findOnMachine(question: Question): Promise<boolean | null> {
  const space = question.indexOf(" ");
  const path = question.slice(space + 1);
  switch (question.slice(0, space)) {
    case "executable":
      return await isExecutable(path);
    case "file":
      return await exists(path);
    default:
      return await isVersioned(path);
  }
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    // Not there, or not for us.
    return false;
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    // Not there, or in a folder that is not for us.
    return false;
  }
}

/** A file in a Git repository that the repository does not ignore. */
async function isVersioned(path: string): Promise<boolean | null> {
  if (!(await isInRepository(dirname(path)))) return false;
  return await new Promise((resolve) => {
    const question = ["-C", dirname(path), "check-ignore", "-q", "--", basename(path)];
    execFile("git", question, { timeout: GIT_LIMIT_MS }, (error) => {
      if (error === null) resolve(false);
      else resolve(error.code === NOT_IGNORED ? true : null);
    });
  });
}

const GIT_LIMIT_MS = 5000;

/** What `git check-ignore` exits with for a file that no rule ignores. */
const NOT_IGNORED = 1;

async function isInRepository(folder: string): Promise<boolean> {
  if (await exists(join(folder, ".git"))) return true;
  return dirname(folder) !== folder && (await isInRepository(dirname(folder)));
}
