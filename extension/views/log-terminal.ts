import * as vscode from "vscode";
import { makeNamespec } from "../../daemon/protocol/names.ts";
import { forSharedTerminal, forTerminal } from "../model/ansi.ts";
import { inputFailure } from "../model/input-failure.ts";
import { t } from "../model/l10n.ts";
import type { Layout } from "../model/output-text.ts";
import type { Target } from "../model/target.ts";
import { NOTHING_TYPED, type TypedLine, typeKeys } from "../model/typed-line.ts";
import { LogFeed } from "../servers/log-feed.ts";
import type { Servers } from "../servers/servers.ts";
import { clock } from "./log-title.ts";
import { LogWriter } from "./log-writer.ts";
import { SharedPrefixes } from "./shared-prefixes.ts";
import { TextBatches } from "./text-batches.ts";

const ESC = String.fromCharCode(27);
const SAVE_CURSOR = `${ESC}7`;
/** Back to where typing began, with nothing after it. */
const CLEAR_TYPED = `${ESC}8${ESC}[J`;
const CLEAR_ALL = `${ESC}[2J${ESC}[3J${ESC}[H`;

/** The logs of a target in a terminal, with their colours; what is typed goes to the stdin of the process. */
export class LogTerminal implements vscode.Pseudoterminal {
  readonly target: Target;
  readonly #servers: Servers;
  readonly #written = new vscode.EventEmitter<string>();
  readonly #batches = new TextBatches((text) => this.#output(text));
  readonly #writer: LogWriter;
  #feed: LogFeed | null = null;
  #typed: TypedLine = NOTHING_TYPED;

  readonly onDidWrite = this.#written.event;
  readonly #onEnd: (terminal: LogTerminal) => void;

  /** `onEnd` is told when somebody closes the terminal. */
  constructor(servers: Servers, target: Target, onEnd: (terminal: LogTerminal) => void) {
    this.target = target;
    this.#servers = servers;
    this.#onEnd = onEnd;
    this.#writer = new LogWriter(layoutFor(servers, target), (text) => this.#batches.append(text));
  }

  open(): void {
    this.#feed = new LogFeed(this.#servers, this.target, this.#writer, clock);
  }

  /** The program runs on. */
  close(): void {
    this.dispose();
    this.#onEnd(this);
  }

  catchUp(): void {
    this.#feed?.catchUp();
  }

  /** Its log was cleared. */
  clear(): void {
    this.#batches.clear();
    this.#writer.reset();
    this.#written.fire(CLEAR_ALL);
    this.#writer.onMark(t("cleared · {0}", clock(Date.now())));
  }

  handleInput(keys: string): void {
    const before = this.#typed.text;
    const { line, finished, isCancelled } = typeKeys(this.#typed, keys);
    this.#typed = line;
    const sent = finished.map((text) => `${text}\r\n`).join("");
    if (sent !== "") this.#writer.endLine();
    this.#written.fire(`${before === "" ? "" : CLEAR_TYPED}${sent}${typedAnew(line.text)}`);
    if (isCancelled && before === "") {
      this.#writer.onMark(t("Ctrl+C stops nothing here; close the terminal to stop following"));
    }
    if (finished.length > 0) void this.#send(finished.map((text) => `${text}\n`).join(""));
  }

  dispose(): void {
    this.#feed?.dispose();
    this.#feed = null;
    this.#writer.dispose();
    this.#batches.clear();
  }

  /** What is being typed stays below what comes. */
  #output(text: string): void {
    const lines = text.replaceAll("\n", "\r\n");
    const { text: typed } = this.#typed;
    this.#written.fire(typed === "" ? lines : `${CLEAR_TYPED}${lines}${typedAnew(typed)}`);
  }

  async #send(text: string): Promise<void> {
    const { target } = this;
    if (target.kind !== "process") {
      this.#writer.onMark(t("several programs are shown here: open the log terminal of one to write to it"));
      return;
    }
    try {
      const client = this.#servers.find(target.server)?.client;
      if (!client) throw new Error(t("{0} is not running: start it first.", target.server));
      await client.sendProcessStdin(makeNamespec(target.group, target.name), text);
    } catch (error) {
      this.#writer.onMark(inputFailure(target.name, error));
    }
  }
}

function typedAnew(text: string): string {
  return text === "" ? "" : `${SAVE_CURSOR}${text.replaceAll("\t", "  ")}`;
}

function layoutFor(servers: Servers, target: Target): Layout {
  const prefixes = new SharedPrefixes(servers, target);
  const isShared = target.kind !== "process";
  return {
    clean: isShared ? forSharedTerminal : forTerminal,
    prefixOf: (stream) => prefixes.of(stream).coloured,
    holdsLines: isShared,
    mark: (words) => `${ESC}[0;2m── ${words} ──${ESC}[0m`,
  };
}
