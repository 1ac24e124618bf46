import { basename, dirname, join } from "node:path";
import { type Document, parseDocument } from "../daemon/config/document.ts";
import type { FileContent, Machine } from "../daemon/config/machine.ts";
import { Interrupted, Memo } from "../daemon/config/memo.ts";
import type { Problem } from "../daemon/config/problem.ts";
import { decodeUtf8 } from "../daemon/config/python/utf8.ts";
import { type Reading, readConfiguration } from "../daemon/config/read.ts";
import type { FileView } from "./features/diagnostics.ts";
import { concernsPart } from "./features/part.ts";
import { withSeverities } from "./features/severities.ts";
import { withoutSuppressed } from "./features/suppress.ts";
import { pathOfUri, uriOfPath } from "./files.ts";
import { Memory } from "./memory.ts";
import type { OpenDocument } from "./open-document.ts";
import { type Settings, settingsIn } from "./settings.ts";
import { afterOthers, SLICE_MS } from "./turns.ts";

/** What the reader makes of a document as part of its configuration. */
export type Judgement = {
  /** Path of the document. */
  readonly file: string;
  readonly reading: Reading;
  /** The problems of the reading that are to be told. */
  readonly problems: readonly Problem[];
  readonly find: (file: string) => FileView | undefined;
};

/** The machine, of which some answers may come late: until all have, `settled` is a promise of that. */
export type Disk = Omit<Machine, "cwd"> & { readonly settled?: () => Promise<void> | null };

/** How long answers of the disk are taken as still true. */
const DISK_MEMORY_MS = 5000;

/** The documents that the editor holds, over the files on disk. */
export class Workspace {
  readonly #open = new Map<string, OpenDocument>();
  /** Files on disk as they were last read. */
  readonly #parts = new Map<string, Document>();
  readonly #readings = new Map<string, Reading>();
  readonly #memos = new Map<string, Memo>();
  readonly #memory: Memory;
  readonly #now: () => number;
  /** Documents of whose configurations only a part is read by now. */
  readonly #begun = new Set<string>();
  #mayGoOn: () => boolean = always;
  readonly #source: Disk;
  readonly #disk: Omit<Machine, "cwd">;
  #settings: Settings = settingsIn(null);
  /** By the paths of the folders that have settings of their own. */
  #folderSettings: ReadonlyMap<string, Settings> = new Map();

  constructor(disk: Disk, now: () => number) {
    this.#memory = new Memory(DISK_MEMORY_MS, now);
    this.#now = now;
    this.#source = disk;
    this.#disk = {
      ...disk,
      readFile: this.#memory.remember(disk.readFile),
      glob: this.#memory.remember(disk.glob),
      homeDirectory: this.#memory.remember(disk.homeDirectory),
      ...(disk.settled === undefined ? this.#remembered(disk) : {}),
    };
  }

  /** What a disk that gives no late answers would be asked again and again. */
  #remembered({ isDirectory, userExists, groupExists }: Disk) {
    return {
      isDirectory: this.#memory.remember(isDirectory),
      userExists: this.#memory.remember(userExists),
      groupExists: this.#memory.remember(groupExists),
    };
  }

  /** Takes in a document that was opened or changed. */
  hold(document: OpenDocument): void {
    const path = pathOfUri(document.uri);
    this.#open.set(path, document);
    this.#outdate(path);
  }

  /** Lets go of a document that was closed: from here on the disk has its text. */
  release(document: OpenDocument): void {
    const path = pathOfUri(document.uri);
    this.#open.delete(path);
    this.#begun.delete(path);
    this.#memos.delete(path);
    this.#memory.forget();
    this.#outdate(path);
  }

  /** Reads and judges configurations as the user's settings want it. */
  suit(settings: Settings, ofFolders: ReadonlyMap<string, Settings> = new Map()): void {
    this.#settings = settings;
    this.#folderSettings = ofFolders;
    this.#readings.clear();
    this.#memos.clear();
  }

  /** What the user chose for a file: the settings of the innermost folder of the workspace that it is in. */
  settingsFor(uri: string): Settings {
    return this.#settingsOf(pathOfUri(uri));
  }

  #settingsOf(path: string): Settings {
    let folder = "";
    for (const known of this.#folderSettings.keys()) {
      if (path.startsWith(`${known}/`) && known.length > folder.length) folder = known;
    }
    return this.#folderSettings.get(folder) ?? this.#settings;
  }

  /** Judges all configurations anew: the machine has told more. */
  rejudge(): void {
    this.#readings.clear();
  }

  /** Takes nothing that was read from disk as still true. */
  forgetDisk(): void {
    this.#memory.forget();
    this.#readings.clear();
  }

  /** Ends when the machine has answered all that it was asked; null where it has. */
  get settled(): Promise<void> | null {
    return this.#source.settled?.() ?? null;
  }

  /** Which version of a document is open; undefined for none. */
  versionOf(uri: string): number | undefined {
    return this.#open.get(pathOfUri(uri))?.version;
  }

  /** Reads the configuration of a file in slices, between which others have their turn and `check` may end it by a throw. */
  async readWhole(uri: string, check: () => void): Promise<void> {
    // Each is longer than the last: what cannot be remembered is found out anew in each.
    for (let ms = SLICE_MS; !this.#readFor(uri, ms); ms += SLICE_MS / 2) {
      await afterOthers();
      check();
    }
  }

  /** Whether only a part of the configuration of a file is read by now. */
  isBeingRead(uri: string): boolean {
    return this.#begun.has(pathOfUri(uri));
  }

  /** Reads on for a while; whether all is read then. */
  #readFor(uri: string, ms: number): boolean {
    let until: number | null = null;
    // What is remembered from before takes time too, and brings nothing new.
    this.#mayGoOn = () => {
      until ??= this.#now() + ms;
      return this.#now() < until;
    };
    this.#begun.delete(pathOfUri(uri));
    try {
      this.judgeOnDisk(uri);
      return true;
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error;
      this.#begun.add(pathOfUri(uri));
      return false;
    } finally {
      this.#mayGoOn = always;
    }
  }

  /** URIs of all open documents. */
  openUris(): string[] {
    return [...this.#open.values()].map((document) => document.uri);
  }

  /** Whether an open document is too long to be read. */
  isTooLong(uri: string): boolean {
    return this.#open.get(pathOfUri(uri))?.document === null;
  }

  /** The parts of an open document; null for one that is closed or too long. */
  documentOf(uri: string): Document | null {
    return this.#open.get(pathOfUri(uri))?.document ?? null;
  }

  /** The parts of any file, open or on disk; null for one that cannot be read or is too long. */
  fileAt(path: string): Document | null {
    const content = this.#readFile(path);
    return content.kind === "document" ? content.document : null;
  }

  /** What the reader makes of an open document; null for one that is closed or too long. */
  judge(uri: string): Judgement | null {
    const file = pathOfUri(uri);
    const document = this.#open.get(file)?.document ?? null;
    return document === null ? null : this.#judge(file, document);
  }

  /** What the reader makes of any file; null for one that cannot be read or is too long. */
  judgeOnDisk(uri: string): Judgement | null {
    const file = pathOfUri(uri);
    const document = this.fileAt(file);
    return document === null ? null : this.#judge(file, document);
  }

  #judge(file: string, document: Document): Judgement {
    const root = isWhole(document) ? file : this.#rootOf(file);
    const reading = this.#read(root);
    const problems = this.#told(reading, root, file, document);
    return { file, reading, problems, find: (path) => this.#viewOf(path, reading) };
  }

  /** The problems that an open document would have with another text. */
  problemsOf(uri: string, text: string): readonly Problem[] {
    const file = pathOfUri(uri);
    const document = parseDocument(text);
    const root = isWhole(document) ? file : this.#rootOf(file);
    const readFile = (path: string): FileContent =>
      path === file ? { kind: "document", document } : this.#readFile(path);
    const machine: Machine = { ...this.#disk, cwd: dirname(root), readFile };
    const { dialect } = this.#settingsOf(root);
    const reading = readConfiguration(root, machine, { dialect });
    return this.#told(reading, root, file, document);
  }

  /** The problems of a reading that concern a file, as the user wants them told. */
  #told(reading: Reading, root: string, file: string, document: Document): readonly Problem[] {
    const isPart = root === file && !isWhole(document) && !MAIN_NAMES.includes(basename(file));
    const found = isPart ? reading.problems.filter(concernsPart) : reading.problems;
    const read = reading.documents.get(file);
    const wanted = read === undefined ? found : withoutSuppressed(found, { file, document: read });
    return withSeverities(wanted, this.#settingsOf(file).severities);
  }

  #viewOf(path: string, reading: Reading): FileView | undefined {
    const document = reading.documents.get(path);
    if (document === undefined) return undefined;
    return { uri: this.#open.get(path)?.uri ?? uriOfPath(path), lines: document.lines };
  }

  /** The configuration that includes a file, or the file itself. */
  #rootOf(file: string): string {
    const open = [...this.#open].flatMap(([path, { document }]) => (isWhole(document) ? [path] : []));
    const folders = [dirname(file), dirname(dirname(file)), dirname(dirname(dirname(file)))];
    const usual = folders.flatMap((folder) => MAIN_NAMES.map((name) => join(folder, name)));
    const others = [...open, ...usual].filter((path) => path !== file);
    const onDisk = others.filter(
      (path) => this.#open.has(path) || this.#disk.readFile(path).kind !== "error",
    );
    const roots = new Set(onDisk);
    for (const root of roots) if (this.#read(root).documents.has(file)) return root;
    return file;
  }

  #read(root: string): Reading {
    const known = this.#readings.get(root);
    if (known !== undefined) return known;
    const { version } = this.#source;
    const machine: Machine = {
      ...this.#disk,
      ...(version === undefined ? {} : { version: version + this.#memory.generation }),
      cwd: dirname(root),
      readFile: (path) => this.#readFile(path),
    };
    const memo = this.#memos.get(root) ?? new Memo();
    this.#memos.set(root, memo);
    memo.mayGoOn = this.#mayGoOn;
    const { dialect } = this.#settingsOf(root);
    const reading = readConfiguration(root, machine, { dialect, memo });
    this.#readings.set(root, reading);
    return reading;
  }

  #readFile(path: string): FileContent {
    const open = this.#open.get(path);
    if (open === undefined) return this.#readPart(path);
    const { document } = open;
    return document === null ? { kind: "text", text: open.text } : { kind: "document", document };
  }

  /** A file that has the text that it had is not split again. */
  #readPart(path: string): FileContent {
    const content = textContent(this.#disk.readFile(path));
    if (content.kind !== "text") return content;
    const known = this.#parts.get(path);
    const document = known?.text === content.text ? known : parseDocument(content.text);
    this.#parts.set(path, document);
    return { kind: "document", document };
  }

  #outdate(path: string): void {
    for (const [root, reading] of this.#readings) {
      if (root === path || reading.documents.has(path)) this.#readings.delete(root);
    }
  }
}

/** Names that a whole configuration usually has. */
const MAIN_NAMES = ["supervisord.conf", "supervisor.conf"];

function always(): boolean {
  return true;
}

function isWhole(document: Document | null): boolean {
  return document?.sections.some(({ name }) => name === "supervisord") ?? false;
}

/** The text of a file where it is one; the reader tells what is wrong with other bytes. */
function textContent(content: FileContent): FileContent {
  if (content.kind !== "bytes") return content;
  const decoded = decodeUtf8(content.bytes);
  return "text" in decoded ? { kind: "text", text: decoded.text } : content;
}
