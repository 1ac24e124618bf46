import { execFile } from "node:child_process";
import { constants, type Stats, stat } from "node:fs";
import { access, open } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Question } from "../daemon/config/machine.ts";
import { BYTE_ORDER_MARK } from "../daemon/config/python/utf8.ts";
import { accountExists } from "./accounts.ts";

/** How long an answer is taken as still true; after that it is asked again, and stands until the new one is there. */
const MAX_AGE_MS = 30_000;

/** How many questions the system is asked at once: a file server that does not answer must leave others a way. */
const MOST_AT_ONCE = 16;

/** How long the system is left alone after what asked is done: that is to be told first. */
const ASK_PAUSE_MS = 5;

/** How long news waits for the answers to other questions. */
const NEWS_PAUSE_MS = 200;

/** Answers questions about the machine that take time: at once where the answer is known, else later. */
export class MachineFacts {
  readonly #answers = new Map<Question, { readonly answer: boolean; readonly at: number }>();
  /** Questions without an answer yet: in the order of asking, those first that the system was asked. */
  readonly #open = new Set<Question>();
  readonly #waiting: Question[] = [];
  readonly #find: (question: Question) => Promise<boolean | null>;
  readonly #onNews: () => void;
  readonly #now: () => number;
  #running = 0;
  #version = 0;
  #renewedAt: number;
  #newsTimer: NodeJS.Timeout | null = null;
  #settled: PromiseWithResolvers<void> | null = null;

  /** `onNews` is told when questions have answers that they did not have before. */
  constructor(find: (question: Question) => Promise<boolean | null>, onNews: () => void, now: () => number) {
    this.#find = find;
    this.#onNews = onNews;
    this.#now = now;
    this.#renewedAt = now();
  }

  /** As long as it is the same, nothing would be answered otherwise. It changes also when answers have grown old. */
  get version(): number {
    if (this.#now() - this.#renewedAt >= MAX_AGE_MS) {
      this.#renewedAt = this.#now();
      this.#version++;
    }
    return this.#version;
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
    this.#version++;
  }

  /** Ends when all questions have their answers; null where they have. */
  get settled(): Promise<void> | null {
    if (this.#open.size === 0) return null;
    this.#settled ??= Promise.withResolvers();
    return this.#settled.promise;
  }

  #lookUp(question: Question): void {
    if (this.#open.has(question)) return;
    this.#open.add(question);
    this.#waiting.push(question);
    if (this.#waiting.length === 1) setImmediate(() => setTimeout(() => this.#askNext(), ASK_PAUSE_MS));
  }

  #askNext(): void {
    while (this.#running < MOST_AT_ONCE) {
      const question = this.#waiting.shift();
      if (question === undefined) return;
      this.#running++;
      this.#find(question).then(
        (answer) => this.#learn(question, answer),
        () => this.#learn(question, null),
      );
    }
  }

  #learn(question: Question, answer: boolean | null): void {
    const before = this.#answers.get(question)?.answer;
    if (answer !== null) this.#answers.set(question, { answer, at: this.#now() });
    if (answer !== null && answer !== before) this.#tellSoon();
    this.#open.delete(question);
    this.#running--;
    this.#askNext();
    if (this.#open.size > 0) return;
    this.#tell();
    this.#settled?.resolve();
    this.#settled = null;
  }

  #tellSoon(): void {
    this.#version++;
    this.#newsTimer ??= setTimeout(() => this.#tell(), NEWS_PAUSE_MS);
  }

  #tell(): void {
    if (this.#newsTimer === null) return;
    clearTimeout(this.#newsTimer);
    this.#newsTimer = null;
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
    case "program":
      return await isProgram(path);
    case "directory":
      return await isKind(path, DIRECTORY);
    case "file":
      return await exists(path);
    case "marked":
      return await isMarked(path);
    case "user":
      return await accountExists("passwd", path);
    case "group":
      return await accountExists("group", path);
    default:
      return await isVersioned(path);
  }
}

/** By callback, as promises of the file system cost several times as much and there may be thousands. */
function isKind(path: string, fits: (stats: Stats) => boolean): Promise<boolean> {
  return new Promise((resolve) => stat(path, (error, stats) => resolve(error === null && fits(stats))));
}

const DIRECTORY = (stats: Stats) => stats.isDirectory();

/** Whether one of the folders behind a name has an executable of that name. */
async function isProgram(question: string): Promise<boolean> {
  const space = question.indexOf(" ");
  for (const folder of question.slice(space + 1).split(":")) {
    if (folder.startsWith("/") && (await isExecutable(join(folder, question.slice(0, space))))) return true;
  }
  return false;
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return !(await isKind(path, DIRECTORY));
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

/** A file that may not be read is told of elsewhere. */
async function isMarked(path: string): Promise<boolean> {
  // To open what is no file could take for ever.
  if (!(await isKind(path, (stats) => stats.isFile()))) return false;
  await using file = await open(path);
  const { buffer } = await file.read(Buffer.alloc(UTF8_MARK.length), 0, UTF8_MARK.length, 0);
  return buffer.equals(UTF8_MARK);
}

const UTF8_MARK = Buffer.from(BYTE_ORDER_MARK);

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
