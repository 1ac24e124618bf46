import type { RpcClient } from "../../daemon/client/rpc.ts";
import type { ConfigOptions } from "../../daemon/client/shapes.ts";
import { FAULT_CODES, Fault } from "../../daemon/protocol/faults.ts";
import type { Plan } from "../../daemon/protocol/plan.ts";
import { compareOptions } from "../model/option-changes.ts";
import { type Pending, pendingOf } from "../model/pending.ts";
import type { ServerState } from "../model/server.ts";
import { failureOfPlan } from "../model/start-failure.ts";

/** Finds out what a configuration on disk would change, without putting it in force. */
export class ChangeCheck {
  readonly #plan: () => Promise<Plan>;
  readonly #onChange: () => void;
  #client: RpcClient | null = null;
  #pending: Pending | null = null;
  #hasChanged = false;
  /** The options in force, of a supervisor that does not tell by itself what would change. */
  #inForce: Promise<readonly ConfigOptions[]> | null = null;
  #running: Promise<void> | null = null;
  #again = false;

  /** `plan` reads the configuration on disk, to find the place of what is wrong in it. */
  constructor(plan: () => Promise<Plan>, onChange: () => void) {
    this.#plan = plan;
    this.#onChange = onChange;
  }

  get pending(): Pending | null {
    return this.#pending;
  }

  /** Takes note of how the server is by now. */
  follow(state: ServerState, client: RpcClient | null): void {
    if (state.kind !== "connected" || client === null) {
      this.#client = null;
      this.#pending = null;
      this.#hasChanged = false;
      return;
    }
    const isNew = client !== this.#client;
    this.#client = client;
    if (isNew) this.#inForce = state.info === null ? optionsOf(client) : null;
    const hasChanged = state.info?.configChanged ?? false;
    if (hasChanged === this.#hasChanged) return;
    this.#hasChanged = hasChanged;
    if (hasChanged) void this.check();
    else this.#pending = null;
  }

  /** Looks now; resolves when it is known. */
  check(): Promise<void> {
    this.#again = this.#running !== null;
    this.#running ??= this.#run();
    return this.#running;
  }

  /** To be called when the configuration was put in force. */
  applied(): Promise<void> {
    if (this.#inForce !== null && this.#client !== null) this.#inForce = optionsOf(this.#client);
    return this.check();
  }

  async #run(): Promise<void> {
    do {
      this.#again = false;
      const client = this.#client;
      // Never at once: that it runs is noted only when this has returned.
      const pending = await (client === null ? null : this.#look(client));
      if (client === this.#client) this.#pending = pending;
    } while (this.#again);
    this.#running = null;
    this.#onChange();
  }

  async #look(client: RpcClient): Promise<Pending | null> {
    try {
      return pendingOf(this.#inForce === null ? await client.previewConfig() : await this.#reread(client));
    } catch (error) {
      if (error instanceof Fault && error.code === FAULT_CODES.CANT_REREAD) return this.#refused(error);
      // One that goes away, or is going down, has nothing to put in force.
      return null;
    }
  }

  /** A real supervisord tells the groups that differ, and their options before and after. */
  async #reread(client: RpcClient) {
    const before = (await this.#inForce) ?? [];
    const changes = await client.reloadConfig();
    const after = await optionsOf(client);
    return { ...changes, processes: compareOptions(before, after, changes), sections: [] };
  }

  async #refused({ text }: Fault): Promise<Pending> {
    const failure = await this.#plan().then(failureOfPlan, () => null);
    return { kind: "refused", reason: failure?.reason ?? text, place: failure?.place ?? null };
  }
}

/** What a supervisor tells of the options that it read last; none where it is too old for that. */
function optionsOf(client: RpcClient): Promise<readonly ConfigOptions[]> {
  return client.getAllConfigOptions().catch(() => []);
}
