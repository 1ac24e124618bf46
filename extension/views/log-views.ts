import * as vscode from "vscode";
import { processesOf } from "../model/acts.ts";
import { openedIn, withOpened, withoutOpened } from "../model/open-logs.ts";
import { processKey } from "../model/process-table.ts";
import { type Target, targetId } from "../model/target.ts";
import type { Servers } from "../servers/servers.ts";
import { LogOutput } from "./log-output.ts";
import { LogTerminal } from "./log-terminal.ts";
import { titleOf } from "./log-title.ts";

const KEY = "openLogs";

/**
 * The output channels and log terminals that were opened in this window. A window that is loaded again has the channels
 * again, as the editor has its own; terminals of extensions end with it.
 */
export class LogViews implements vscode.Disposable {
  readonly #servers: Servers;
  readonly #outputs = new Map<string, LogOutput>();
  readonly #terminals = new Set<LogTerminal>();
  readonly #memory: vscode.Memento;
  readonly #subscription: vscode.Disposable;

  constructor(servers: Servers, memory: vscode.Memento) {
    this.#servers = servers;
    this.#memory = memory;
    // In the same order as before: then the editor takes them for the same channels, and shows the one that it showed.
    for (const target of openedIn(memory.get(KEY)))
      this.#outputs.set(targetId(target), new LogOutput(servers, target));
    this.#subscription = vscode.Disposable.from(
      vscode.window.onDidChangeVisibleTextEditors(() => this.#followVisible()),
      servers.onDidChange(() => {
        this.#forgetGone();
        for (const view of this.#views()) view.catchUp();
      }),
    );
    this.#followVisible();
  }

  /** Opens the output channel of a process, or of all of a group or server, without taking the focus. */
  show(target: Target): void {
    const id = targetId(target);
    const opened = this.#outputs.get(id) ?? new LogOutput(this.#servers, target);
    this.#outputs.set(id, opened);
    opened.show();
    void this.#memory.update(KEY, withOpened(openedIn(this.#memory.get(KEY)), target));
  }

  /** Opens the log terminal of a target, or shows the one that is open. */
  openTerminal(target: Target): void {
    const isOfTarget = (pty: LogTerminal | null) => pty !== null && targetId(pty.target) === targetId(target);
    const open = vscode.window.terminals.find((terminal) => isOfTarget(ptyOf(terminal)));
    (open ?? vscode.window.createTerminal(this.terminalOptions(target))).show();
  }

  /** A new log terminal, to be created by the editor. */
  terminalOptions(target: Target): vscode.ExtensionTerminalOptions {
    const pty = new LogTerminal(this.#servers, target, (closed) => this.#terminals.delete(closed));
    this.#terminals.add(pty);
    return { name: titleOf(target), pty, iconPath: new vscode.ThemeIcon("server-process") };
  }

  /** Empties the views of what was cleared. */
  cleared(target: Target): void {
    const { views } = this.#servers;
    const cleared = new Set(processesOf(views, target).map(processKey));
    for (const view of this.#views()) {
      const isOfServer = view.target.server === target.server;
      const shown = processesOf(views, view.target);
      if (isOfServer && shown.every((process) => cleared.has(processKey(process)))) view.clear();
    }
  }

  dispose(): void {
    this.#subscription.dispose();
    for (const view of this.#views()) view.dispose();
  }

  /** A log is read from when somebody looks at its channel. */
  #followVisible(): void {
    for (const { document } of vscode.window.visibleTextEditors) {
      for (const output of this.#outputs.values()) if (output.isShownBy(document)) output.follow();
    }
  }

  /** What was open before the window was loaded again may have left the configuration since. */
  #forgetGone(): void {
    for (const [id, output] of this.#outputs) {
      if (output.isFollowed || !this.#isGone(output.target)) continue;
      output.dispose();
      this.#outputs.delete(id);
      void this.#memory.update(KEY, withoutOpened(openedIn(this.#memory.get(KEY)), output.target));
    }
  }

  #isGone(target: Target): boolean {
    const server = this.#servers.views.find(({ key }) => key === target.server);
    return server?.state.kind === "connected" && processesOf([server], target).length === 0;
  }

  #views(): readonly (LogOutput | LogTerminal)[] {
    return [...this.#outputs.values(), ...this.#terminals];
  }
}

/** What shows logs in a terminal of the window; null for a terminal of somebody else. */
export function ptyOf({ creationOptions }: vscode.Terminal): LogTerminal | null {
  const pty = "pty" in creationOptions ? creationOptions.pty : null;
  return pty instanceof LogTerminal ? pty : null;
}
