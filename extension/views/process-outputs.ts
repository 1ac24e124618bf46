import type * as vscode from "vscode";
import { processesOf } from "../model/acts.ts";
import { type Target, targetId } from "../model/target.ts";
import { followLive, followTails } from "../servers/output-source.ts";
import type { Servers } from "../servers/servers.ts";
import { ProcessOutput } from "./process-output.ts";

type ProcessTarget = Extract<Target, { kind: "process" }>;

/** The output channels that were opened in this window. */
export class ProcessOutputs implements vscode.Disposable {
  readonly #servers: Servers;
  readonly #open = new Map<string, { readonly target: ProcessTarget; readonly output: ProcessOutput }>();
  readonly #subscription: vscode.Disposable;

  constructor(servers: Servers) {
    this.#servers = servers;
    this.#subscription = servers.onDidChange(() => this.#catchUp());
  }

  /** Opens the channel of a process, without taking the focus. */
  show(target: ProcessTarget): void {
    const id = targetId(target);
    let opened = this.#open.get(id);
    if (opened === undefined) {
      opened = { target, output: new ProcessOutput(target) };
      this.#open.set(id, opened);
    }
    this.#follow(opened.target, opened.output);
    opened.output.show();
  }

  dispose(): void {
    this.#subscription.dispose();
    for (const { output } of this.#open.values()) output.dispose();
  }

  /** Follows again what was lost, and tells the states of processes whose server tells them apart from the output. */
  #catchUp(): void {
    for (const { target, output } of this.#open.values()) this.#follow(target, output);
  }

  #follow(target: ProcessTarget, output: ProcessOutput): void {
    const server = this.#servers.find(target.server);
    const state = server?.view.state;
    const client = server?.client;
    if (state?.kind !== "connected" || !client) return;
    const [process] = processesOf(this.#servers.views, target);
    if (process === undefined) return;
    const isLive = state.info !== null;
    if (!output.isFollowing) {
      output.follow((handlers) =>
        isLive ? followLive(client.address, target, handlers) : followTails(client, target, handlers),
      );
    }
    if (!isLive) output.processChanged(process);
  }
}
