import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { Client } from "./client.ts";
import type { Sample } from "./samples.ts";

/** Figures by name: milliseconds, but `rss` in megabytes. */
export type Figures = Readonly<Record<string, number>>;

export type Measured = {
  readonly command: readonly string[];
  readonly sample: Sample;
  readonly lines: number;
  readonly rounds: number;
};

const CAPABILITIES = {
  textDocument: {
    synchronization: { didSave: true },
    diagnostic: {},
    completion: { completionItem: { snippetSupport: true, documentationFormat: ["markdown"] } },
    hover: { contentFormat: ["markdown"] },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
    semanticTokens: { requests: { full: { delta: true }, range: true } },
    foldingRange: {},
    formatting: {},
  },
  workspace: { configuration: true, workspaceFolders: true },
};

/** How many servers are started to find out how long a start and a first document take: each tells it only once. */
const STARTS = 5;

/** Measures a server from the client's side: each figure is the time from a message's sending to the answer's last byte. */
export async function measure(measured: Measured): Promise<Figures> {
  const starts: Figures[] = [];
  while (starts.length < STARTS - 1) starts.push(await measureOne({ ...measured, rounds: 0 }));
  const whole = await measureOne(measured);
  const medianOf = (name: string) => median([...starts, whole].map((figures) => figures[name] ?? Number.NaN));
  return { ...whole, init: medianOf("init"), open: medianOf("open") };
}

/** Without rounds a document is opened, and no more. */
async function measureOne({ command, sample, lines, rounds }: Measured): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), "bench-lsp-"));
  const [program = "", ...args] = command;
  const client = new Client(program, args);
  try {
    const uri = pathToFileURL(join(folder, sample.file)).href;
    const text = sample.write(lines);
    writeFileSync(join(folder, sample.file), `${text.join("\n")}\n`);
    const init = await start(client, pathToFileURL(folder).href, sample.settings);
    const editing = new Editing(client, uri, sample, text);
    return { init, ...(await editing.figures(rounds)), rss: rssOf(client.process.pid ?? 0) };
  } finally {
    await client.end();
    rmSync(folder, { recursive: true });
  }
}

async function start(client: Client, folder: string, settings: object): Promise<number> {
  const workspaceFolders = [{ uri: folder, name: "bench" }];
  const params = { processId: process.pid, rootUri: folder, workspaceFolders, capabilities: CAPABILITIES };
  const { at } = await client.ask("initialize", params);
  client.tell("initialized", {});
  client.tell("workspace/didChangeConfiguration", { settings });
  // An editor takes a while until it opens a document, too.
  await pause(1000);
  return at - client.startedAt;
}

class Editing {
  readonly #client: Client;
  readonly #textDocument: { readonly uri: string };
  readonly #sample: Sample;
  readonly #text: string[];
  #version = 1;

  constructor(client: Client, uri: string, sample: Sample, text: string[]) {
    this.#client = client;
    this.#textDocument = { uri };
    this.#sample = sample;
    this.#text = text;
  }

  async figures(rounds: number): Promise<Figures> {
    const open = await this.#open();
    if (rounds === 0) return { open };
    await this.#pull();
    const keys = await this.#keys(rounds);
    const burst = await this.#burst();
    const completion = await this.#completion(rounds);
    const hover = await this.#hover(rounds);
    return {
      open,
      ...percentiles("key", keys),
      burst: median(burst),
      ...percentiles("completion", completion),
      ...percentiles("hover", hover),
      symbols: await this.#after("documentSymbol", {}),
      folding: await this.#after("foldingRange", {}),
      tokens: await this.#after("semanticTokens/full", {}),
      tokensDelta: await this.#tokensDelta(),
      format: await this.#after("formatting", { options: { tabSize: 2, insertSpaces: true } }),
    };
  }

  async #open(): Promise<number> {
    const openedAt = performance.now();
    const text = `${this.#text.join("\n")}\n`;
    const { language: languageId } = this.#sample;
    const textDocument = { ...this.#textDocument, languageId, version: 1, text };
    this.#client.tell("textDocument/didOpen", { textDocument });
    return (await this.#pull()).at - openedAt;
  }

  async #pull(): Promise<{ readonly at: number; readonly count: number }> {
    const answer = await this.#client.ask("textDocument/diagnostic", { textDocument: this.#textDocument });
    const items = Reflect.get(Object(answer.result), "items");
    return { at: answer.at, count: Array.isArray(items) ? items.length : 0 };
  }

  #edit(line: number, character: number, text: string, length = 0): void {
    const before = this.#text[line] ?? "";
    this.#text[line] = before.slice(0, character) + text + before.slice(character + length);
    const range = { start: { line, character }, end: { line, character: character + length } };
    const textDocument = { ...this.#textDocument, version: ++this.#version };
    this.#client.tell("textDocument/didChange", { textDocument, contentChanges: [{ range, text }] });
  }

  /** A key that makes an error, and one that takes it away: each until the diagnostics show it. */
  async #keys(rounds: number): Promise<number[]> {
    const { count: clean } = await this.#pull();
    const times: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const line = this.#lineWith("autostart", round);
      const { character, text } = this.#sample.error(this.#text[line] ?? "");
      times.push(
        await this.#until(
          () => this.#edit(line, character, text),
          (count) => count > clean,
        ),
      );
      await pause(20);
      times.push(
        await this.#until(
          () => this.#edit(line, character, "", 1),
          (count) => count === clean,
        ),
      );
      await pause(20);
    }
    return times;
  }

  async #burst(): Promise<number[]> {
    const { count: clean } = await this.#pull();
    const times: number[] = [];
    for (let round = 0; round < 5; round++) {
      const line = this.#lineWith("command", round);
      const at = (this.#text[line] ?? "").lastIndexOf("port") + 4;
      for (let key = 0; key < 19; key++) {
        this.#edit(line, at + key, "x");
        await pause(10);
      }
      const { character, text } = this.#sample.error(this.#text[line + 2] ?? "");
      times.push(
        await this.#until(
          () => this.#edit(line + 2, character, text),
          (count) => count > clean,
        ),
      );
      this.#edit(line + 2, character, "", 1);
      this.#edit(line, at, "", 19);
      await this.#pull();
    }
    return times;
  }

  async #until(act: () => void, isShown: (count: number) => boolean): Promise<number> {
    const startedAt = performance.now();
    act();
    for (;;) {
      const { at, count } = await this.#pull();
      if (isShown(count)) return at - startedAt;
      if (at - startedAt > 60_000) throw new Error("cannot measure: the diagnostics do not show the edit");
    }
  }

  async #completion(rounds: number): Promise<number[]> {
    const times: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const line = this.#lineWith("directory", round);
      const before = this.#text[line] ?? "";
      this.#edit(line, 0, this.#sample.prefix, before.length);
      const position = { line, character: this.#sample.prefix.length };
      times.push(await this.#ask("completion", { position, context: { triggerKind: 1 } }));
      this.#edit(line, 0, before, this.#sample.prefix.length);
    }
    return times;
  }

  async #hover(rounds: number): Promise<number[]> {
    const times: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const line = this.#lineWith("directory", round);
      const character = (this.#text[line] ?? "").indexOf("directory") + 2;
      times.push(await this.#ask("hover", { position: { line, character } }));
    }
    return times;
  }

  /** How long an answer takes right after a key. */
  async #after(method: string, params: object): Promise<number> {
    const times: number[] = [];
    for (let round = 0; round < 10; round++) {
      const line = this.#lineWith("directory", round);
      const { length } = this.#text[line] ?? "";
      this.#edit(line, length, " ");
      times.push(await this.#ask(method, params));
      this.#edit(line, length, "", 1);
    }
    return median(times);
  }

  async #tokensDelta(): Promise<number> {
    const times: number[] = [];
    const full = await this.#client.ask("textDocument/semanticTokens/full", {
      textDocument: this.#textDocument,
    });
    let previousResultId: unknown = Reflect.get(Object(full.result), "resultId");
    if (typeof previousResultId !== "string") return Number.NaN;
    for (let round = 0; round < 10; round++) {
      this.#edit(this.#lineWith("priority", round), 0, "x");
      const params = { textDocument: this.#textDocument, previousResultId };
      const answer = await this.#client.ask("textDocument/semanticTokens/full/delta", params);
      previousResultId = Reflect.get(Object(answer.result), "resultId");
      times.push(answer.took);
      this.#edit(this.#lineWith("priority", round), 0, "", 1);
    }
    return median(times);
  }

  async #ask(method: string, params: object): Promise<number> {
    const all = { textDocument: this.#textDocument, ...params };
    const answer = await this.#client.ask(`textDocument/${method}`, all);
    return answer.result === undefined ? Number.NaN : answer.took;
  }

  /** A line with an option, each round another, in the later three quarters of the document. */
  #lineWith(option: string, round: number): number {
    const from = Math.floor(this.#text.length / 4 + ((round * 397) % (this.#text.length / 2)));
    return this.#text.findIndex((line, index) => index >= from && line.includes(option));
  }
}

function percentiles(name: string, times: readonly number[]): Figures {
  return { [name]: median(times), [`${name}99`]: percentile(times, 0.99) };
}

function median(times: readonly number[]): number {
  return percentile(times, 0.5);
}

function percentile(times: readonly number[], part: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.round(part * (sorted.length - 1))] ?? Number.NaN;
}

function rssOf(pid: number): number {
  return Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" })) / 1024;
}
