import { basename, dirname, join } from "node:path";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { type Document, parseDocument } from "../daemon/config/document.ts";
import type { Dialect } from "../daemon/config/environment.ts";
import type { Machine } from "../daemon/config/machine.ts";
import type { Problem } from "../daemon/config/problem.ts";
import { type Reading, readConfiguration } from "../daemon/config/read.ts";
import { type FileView, MAX_LENGTH } from "./features/diagnostics.ts";
import { concernsPart } from "./features/part.ts";
import { pathOfUri, uriOfPath } from "./files.ts";
import { Memory } from "./memory.ts";

/** What the reader makes of a document as part of its configuration. */
export type Judgement = {
  /** Path of the document. */
  readonly file: string;
  readonly reading: Reading;
  /** The problems of the reading that are to be told. */
  readonly problems: readonly Problem[];
  readonly find: (file: string) => FileView | undefined;
};

/** How long answers of the disk are taken as still true. */
const DISK_MEMORY_MS = 5000;

/** The documents that the editor holds, over the files on disk. */
export class Workspace {
  readonly #open = new Map<string, TextDocument>();
  readonly #parsed = new Map<string, { readonly text: string; readonly document: Document }>();
  readonly #readings = new Map<string, Reading>();
  readonly #memory: Memory;
  readonly #disk: Omit<Machine, "cwd">;
  #dialect: Dialect = "4.3";

  constructor(disk: Omit<Machine, "cwd">, now: () => number) {
    this.#memory = new Memory(DISK_MEMORY_MS, now);
    this.#disk = {
      ...disk,
      readFile: this.#memory.remember(disk.readFile),
      glob: this.#memory.remember(disk.glob),
      isDirectory: this.#memory.remember(disk.isDirectory),
      homeDirectory: this.#memory.remember(disk.homeDirectory),
      userExists: this.#memory.remember(disk.userExists),
      groupExists: this.#memory.remember(disk.groupExists),
    };
  }

  /** Takes in a document that was opened or changed. */
  hold(document: TextDocument): void {
    const path = pathOfUri(document.uri);
    this.#open.set(path, document);
    this.#outdate(path);
  }

  /** Lets go of a document that was closed: from here on the disk has its text. */
  release(document: TextDocument): void {
    const path = pathOfUri(document.uri);
    this.#open.delete(path);
    this.#parsed.delete(path);
    this.#memory.forget();
    this.#outdate(path);
  }

  /** Reads configurations as that release of Supervisor does. */
  readAs(dialect: Dialect): void {
    this.#dialect = dialect;
    this.#readings.clear();
  }

  /** Takes nothing that was read from disk as still true. */
  forgetDisk(): void {
    this.#memory.forget();
    this.#readings.clear();
  }

  /** URIs of all open documents. */
  openUris(): string[] {
    return [...this.#open.values()].map((document) => document.uri);
  }

  /** Whether an open document is too long to be read. */
  isTooLong(uri: string): boolean {
    return (this.#open.get(pathOfUri(uri))?.getText().length ?? 0) > MAX_LENGTH;
  }

  /** The parts of an open document; null for one that is closed or too long. */
  documentOf(uri: string): Document | null {
    const path = pathOfUri(uri);
    const text = this.#open.get(path)?.getText();
    if (text === undefined || text.length > MAX_LENGTH) return null;
    const known = this.#parsed.get(path);
    if (known?.text === text) return known.document;
    const document = parseDocument(text);
    this.#parsed.set(path, { text, document });
    return document;
  }

  /** What the reader makes of an open document; null for one that is closed or too long. */
  judge(uri: string): Judgement | null {
    const file = pathOfUri(uri);
    const text = this.#open.get(file)?.getText();
    if (text === undefined || text.length > MAX_LENGTH) return null;
    const root = isWhole(text) ? file : this.#rootOf(file);
    const reading = this.#read(root);
    const isPart = root === file && !isWhole(text) && !MAIN_NAMES.includes(basename(file));
    const problems = isPart ? reading.problems.filter(concernsPart) : reading.problems;
    return { file, reading, problems, find: (path) => this.#viewOf(path, reading) };
  }

  #viewOf(path: string, reading: Reading): FileView | undefined {
    const document = reading.documents.get(path);
    if (document === undefined) return undefined;
    return { uri: this.#open.get(path)?.uri ?? uriOfPath(path), lines: document.lines };
  }

  /** The configuration that includes a file, or the file itself. */
  #rootOf(file: string): string {
    const open = [...this.#open].flatMap(([path, document]) => (isWhole(document.getText()) ? [path] : []));
    const folders = [dirname(file), dirname(dirname(file)), dirname(dirname(dirname(file)))];
    const usual = folders.flatMap((folder) => MAIN_NAMES.map((name) => join(folder, name)));
    const onDisk = usual.filter((path) => this.#disk.readFile(path).kind !== "error");
    const roots = [...new Set([...open, ...onDisk])].filter((path) => path !== file);
    return roots.find((root) => this.#read(root).documents.has(file)) ?? file;
  }

  #read(root: string): Reading {
    const known = this.#readings.get(root);
    if (known !== undefined) return known;
    const machine: Machine = { ...this.#disk, cwd: dirname(root), readFile: (path) => this.#readFile(path) };
    const reading = readConfiguration(root, machine, { dialect: this.#dialect });
    this.#readings.set(root, reading);
    this.#keepParts(root, reading);
    return reading;
  }

  /** What the reader has parsed of an open document need not be parsed for other questions. */
  #keepParts(root: string, reading: Reading): void {
    const text = this.#open.get(root)?.getText();
    const document = reading.documents.get(root);
    if (document !== undefined && document.text === text) this.#parsed.set(root, { text, document });
  }

  #readFile(path: string): ReturnType<Machine["readFile"]> {
    const text = this.#open.get(path)?.getText();
    return text === undefined ? this.#disk.readFile(path) : { kind: "text", text };
  }

  #outdate(path: string): void {
    for (const [root, reading] of this.#readings) {
      if (root === path || reading.documents.has(path)) this.#readings.delete(root);
    }
  }
}

/** Names that a whole configuration usually has. */
const MAIN_NAMES = ["supervisord.conf", "supervisor.conf"];

/** A header at the start of a line is one whatever stands before it, so that no parsing is needed. */
function isWhole(text: string): boolean {
  return /^\[supervisord\]/m.test(text);
}
