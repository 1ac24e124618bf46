import * as vscode from "vscode";
import { stripAnsi } from "../model/ansi.ts";
import { t } from "../model/l10n.ts";
import type { Layout } from "../model/output-text.ts";
import type { Target } from "../model/target.ts";
import { LogFeed } from "../servers/log-feed.ts";
import type { Servers } from "../servers/servers.ts";
import { clock, titleOf } from "./log-title.ts";
import { LogWriter } from "./log-writer.ts";
import { SharedPrefixes } from "./shared-prefixes.ts";
import { TextBatches } from "./text-batches.ts";

/** More than this is not kept in a channel; then only the end stays. */
const LONGEST_CHANNEL = 12 * 1024 * 1024;
const KEPT_CHARACTERS = 1024 * 1024;

/**
 * The output channel of a process, or of a group or server; it stays open while these, and the supervisor, come and go.
 * It follows the log from when it is first looked at.
 */
export class LogOutput {
  readonly target: Target;
  readonly #channel: vscode.OutputChannel;
  readonly #batches = new TextBatches((text) => this.#append(text));
  readonly #writer: LogWriter;
  readonly #servers: Servers;
  #feed: LogFeed | null = null;
  #length = 0;
  /** The end of what the channel shows. */
  #kept: string[] = [];
  #keptLength = 0;

  constructor(servers: Servers, target: Target) {
    this.target = target;
    this.#servers = servers;
    const isShared = target.kind !== "process";
    // The language of logs colours levels, dates and numbers; ours the names of programs, too.
    this.#channel = vscode.window.createOutputChannel(
      `Supervisord: ${titleOf(target)}`,
      isShared ? "supervisord-log" : "log",
    );
    this.#writer = new LogWriter(layoutFor(servers, target), (text) => this.#batches.append(text));
  }

  show(): void {
    this.follow();
    this.#channel.show(true);
  }

  /** Whether this document of the editor is what the channel shows. */
  isShownBy({ uri }: vscode.TextDocument): boolean {
    return uri.scheme === "output" && uri.path.endsWith(`-${this.#channel.name}`);
  }

  get isFollowed(): boolean {
    return this.#feed !== null;
  }

  follow(): void {
    this.#feed ??= new LogFeed(this.#servers, this.target, this.#writer, clock);
  }

  catchUp(): void {
    this.#feed?.catchUp();
  }

  /** Its log was cleared. */
  clear(): void {
    this.#batches.clear();
    this.#writer.reset();
    this.#channel.clear();
    this.#forgetKept();
    this.#writer.onMark(t("cleared · {0}", clock(Date.now())));
  }

  dispose(): void {
    this.#feed?.dispose();
    this.#writer.dispose();
    this.#batches.clear();
    this.#channel.dispose();
  }

  #append(text: string): void {
    this.#keep(text);
    this.#length += text.length;
    if (this.#length <= LONGEST_CHANNEL) {
      this.#channel.append(text);
      return;
    }
    const kept = this.#kept.join("");
    this.#length = kept.length;
    const note = t("earlier output is in the log file");
    this.#channel.replace(`── ${note} ──\n${kept.slice(kept.indexOf("\n") + 1)}`);
  }

  #keep(text: string): void {
    this.#kept.push(text);
    this.#keptLength += text.length;
    while (this.#kept.length > 1 && this.#keptLength - (this.#kept[0]?.length ?? 0) >= KEPT_CHARACTERS) {
      this.#keptLength -= this.#kept.shift()?.length ?? 0;
    }
  }

  #forgetKept(): void {
    this.#kept = [];
    this.#keptLength = 0;
    this.#length = 0;
  }
}

function layoutFor(servers: Servers, target: Target): Layout {
  const prefixes = new SharedPrefixes(servers, target);
  return {
    clean: stripAnsi,
    prefixOf: (stream) => prefixes.of(stream).plain,
    holdsLines: target.kind !== "process",
    mark: (words) => `── ${words} ──`,
  };
}
