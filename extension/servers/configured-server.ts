import { type Credentials, describeAddress, type ServerAddress } from "../../daemon/client/address.ts";
import { createRpcClient, type RpcClient } from "../../daemon/client/rpc.ts";
import { runtimeFolder } from "../../daemon/client/runtime-folder.ts";
import type { ServerInfo } from "../../daemon/protocol/event-stream.ts";
import type { Plan } from "../../daemon/protocol/plan.ts";
import type { WindowPolicy } from "../../daemon/protocol/window-policy.ts";
import { t } from "../model/l10n.ts";
import { returnDelayMs } from "../model/polling.ts";
import type { ProcessTable } from "../model/process-table.ts";
import { compareLives, mourned, nextRevival, type Revival } from "../model/revival.ts";
import type { Connected, Server, ServerState } from "../model/server.ts";
import { failureOfPlan, type StartFailure } from "../model/start-failure.ts";
import { isToBeSucceeded } from "../model/succession.ts";
import { ChangeCheck } from "./change-check.ts";
import { type Connection, connect } from "./connection.ts";
import type { DaemonProgram } from "./daemon-program.ts";
import type { ConfigFile } from "./discover.ts";
import { type Found, findAtOwnServer, findOurs } from "./find.ts";

/** What was given to sign in to the supervisor of a configuration. */
export type CredentialsOf = (configFile: string) => Promise<Credentials>;

/** What a server of the window needs of the extension. */
export type Around = {
  readonly daemon: DaemonProgram;
  readonly credentials: CredentialsOf;
  readonly windowPolicy: () => WindowPolicy;
  /** The version of the daemon that the extension brings. */
  readonly version: string;
  readonly onChange: () => void;
  /** Its daemon had died, and this became of it. */
  readonly onRevival: (server: ConfiguredServer, revival: Revival) => void;
};

/** What a look finds. */
type Outcome = Found | Extract<ServerState, { kind: "failed" | "unreachable" }>;

/** One configuration of the window: finds the supervisor behind it, stays connected to it, starts it. */
export class ConfiguredServer {
  readonly key: string;
  readonly configFile: string;
  /** What its configuration on disk would change. */
  readonly changes: ChangeCheck;
  readonly #around: Around;
  #state: ServerState = { kind: "looking" };
  #plan: Plan | null = null;
  #connection: Connection | null = null;
  #client: RpcClient | null = null;
  #watched = false;
  #isDisposed = false;
  /** Counts the looks: what an overtaken one finds no longer matters. */
  #look = 0;
  #looking: Promise<void> | null = null;
  /** How often in a row the supervisor went away or did not come back. */
  #losses = 0;
  #returnTimer: NodeJS.Timeout | undefined;
  /** What was seen last of a daemon that died; null once it is dealt with. */
  #mourned: Connected | null = null;
  #revivals: readonly number[] = [];
  /** The version that was asked to hand over last, with its configuration: it is asked once. */
  #asked = "";

  constructor({ key, file }: ConfigFile, around: Around) {
    this.key = key;
    this.configFile = file;
    this.#around = around;
    this.changes = new ChangeCheck(() => this.plan(), around.onChange);
  }

  /** What is known now, for the model. */
  get view(): Server {
    return {
      key: this.key,
      configFile: this.configFile,
      url: null,
      state: this.#state,
      pending: this.changes.pending,
    };
  }

  /** For calls to the supervisor while it is connected. */
  get client(): RpcClient | null {
    return this.#client;
  }

  /** Tells the daemon anew what becomes of it with the last window. */
  windowPolicyChanged(): void {
    const connection = this.#connection;
    if (connection === null || this.#state.kind !== "connected") return;
    connection.close();
    this.#connection = null;
    void this.look(false);
  }

  setWatched(watched: boolean): void {
    this.#watched = watched;
    this.#connection?.setWatched(watched);
  }

  /** Looks at once for what an act changed. */
  refresh(): void {
    this.#connection?.refresh();
  }

  /** Looks for a supervisor where none is connected; `again` reads the configuration anew. */
  async look(again: boolean): Promise<void> {
    if (this.#isBusy) return;
    const look = ++this.#look;
    const looking = this.#find(again).then((found) => {
      if (look === this.#look) this.#take(found);
    });
    this.#looking = looking;
    await looking;
    // What overtook it tells the state that the caller waits for.
    if (this.#looking !== looking) await this.#looking;
  }

  /** Starts the supervisor once `agree` allows what it would run; tells why it failed, null otherwise. */
  async start(agree: (plan: Plan) => Promise<boolean>): Promise<StartFailure | null> {
    if (this.#isBusy) return null;
    const found = await this.#find(true);
    this.#take(found);
    if (found.kind === "failed") return found;
    if (found.kind === "unreachable") return { reason: found.reason, place: null };
    const plan = this.#plan;
    if (found.kind === "server" || plan === null || plan.digest === null) return null;
    if (!(await agree(plan)) || this.#isBusy) return null;
    this.#mourned = null;
    return this.#launch(plan.digest);
  }

  /** What the configuration on disk would run. */
  async plan(): Promise<Plan> {
    this.#plan = await this.#around.daemon.plan(this.configFile);
    return this.#plan;
  }

  /** What it would run as it was read last; null before that. */
  get lastPlan(): Plan | null {
    return this.#plan;
  }

  /** The configuration and what it included when it was read last. */
  get files(): readonly string[] {
    return this.#plan?.files ?? [this.configFile];
  }

  dispose(): void {
    this.#isDisposed = true;
    clearTimeout(this.#returnTimer);
    this.#connection?.close();
    this.#connection = null;
    this.#client = null;
  }

  get #isBusy(): boolean {
    return this.#connection !== null || this.#state.kind === "starting";
  }

  async #launch(digest: string): Promise<StartFailure | null> {
    this.#set({ kind: "starting" });
    const failure = await this.#around.daemon.start(this.configFile, digest);
    this.#set({ kind: "looking" });
    this.#take(await this.#find(false));
    if (failure === null) return null;
    // Another window may have been quicker: then its supervisor is the one, and it is for that window to tell.
    this.#mourned = null;
    if (this.#connection !== null) return null;
    this.#set({ kind: "failed", ...failure });
    return failure;
  }

  async #find(again: boolean): Promise<Outcome> {
    const ours = await findOurs(this.configFile);
    if (ours.kind !== "none") return ours;
    try {
      const plan = again || this.#plan === null ? await this.plan() : this.#plan;
      const own = await findAtOwnServer(plan.ownServer, await this.#around.credentials(this.configFile));
      const failure = failureOfPlan(plan);
      return own.kind === "none" && failure !== null ? { kind: "failed", ...failure } : own;
    } catch (error) {
      return { kind: "failed", reason: error instanceof Error ? error.message : String(error), place: null };
    }
  }

  #take(found: Outcome): void {
    if (this.#isBusy || this.#isDisposed) return;
    if (found.kind === "server") this.#connect(found.address);
    else this.#set(found.kind === "none" ? { kind: "notRunning" } : found);
  }

  #connect(address: ServerAddress): void {
    this.#client = createRpcClient(address);
    const watcher = { isWatched: this.#watched, policy: this.#around.windowPolicy() };
    this.#connection = connect(address, watcher, {
      onProcesses: (info, processes) => {
        if (info !== null && !isSameFile(info.configFile, this.configFile)) {
          this.#refuseOther(address, info.configFile);
          return;
        }
        this.#losses = 0;
        this.#set({ kind: "connected", address: describeAddress(address), info, processes });
        this.#tellFate(processes);
        if (info !== null && isToBeSucceeded(info, this.#around.version)) void this.#succeed(info);
      },
      onLost: (reason) => this.#lost(reason),
    });
  }

  /** Puts the daemon of this version in the place of an earlier one, unless that would run what nobody agreed to. */
  async #succeed({ build, digest }: ServerInfo): Promise<void> {
    const asked = `${build} ${digest}`;
    const client = this.#client;
    if (asked === this.#asked || client === null) return;
    this.#asked = asked;
    const plan = await this.plan().catch(() => null);
    if (plan?.digest !== digest || client !== this.#client) return;
    this.#connection?.close();
    this.#connection = null;
    this.#client = null;
    this.#set({ kind: "starting" });
    // Another window may have asked first.
    await client.handOver().catch(() => null);
    await goneOf(this.configFile);
    await this.#launch(digest);
  }

  /** Two configurations may name one address: acting on the other's programs would be the last thing wanted. */
  #refuseOther(address: ServerAddress, configFile: string): void {
    this.#connection?.close();
    this.#connection = null;
    this.#client = null;
    const reason = t("the supervisor at {0} runs {1} instead", describeAddress(address), configFile);
    this.#set({ kind: "unreachable", reason, cause: "otherConfiguration" });
  }

  #lost(reason: string): void {
    this.#mourned = mourned(this.#state);
    const restarts = this.#state.kind === "connected" && this.#state.info?.mood === "RESTARTING";
    this.#connection = null;
    this.#client = null;
    if (returnDelayMs(this.#losses) === null) {
      this.#set({ kind: "unreachable", reason, cause: "other" });
      return;
    }
    if (restarts) this.#set({ kind: "looking" });
    this.#awaitReturn();
  }

  /** A supervisor that restarts is away for a moment. */
  #awaitReturn(): void {
    const delayMs = returnDelayMs(this.#losses++);
    clearTimeout(this.#returnTimer);
    if (delayMs === null) return;
    this.#returnTimer = setTimeout(async () => {
      await this.look(false);
      if (this.#connection === null) await this.#revive();
      else this.#mourned = null;
      if (this.#connection === null) this.#awaitReturn();
    }, delayMs);
  }

  /** Starts a daemon again that died, once for each death, and only what ran before. */
  async #revive(): Promise<void> {
    const before = this.#mourned;
    if (before === null || this.#state.kind !== "notRunning" || this.#isDisposed) return;
    const told = await this.#reviveAs(before).catch((error: unknown): Revival => {
      return { kind: "failed", reason: error instanceof Error ? error.message : String(error) };
    });
    if (told === null) return;
    this.#mourned = null;
    this.#around.onRevival(this, told);
  }

  /** What is to be told at once; null where the programs of the new daemon are waited for. */
  async #reviveAs(before: Connected): Promise<Revival | null> {
    const revivals = nextRevival(this.#revivals, performance.now());
    if (revivals === null) return { kind: "givenUp" };
    const { digest } = await this.plan();
    if (digest === null || digest !== before.info?.digest) return { kind: "changed" };
    this.#revivals = revivals;
    const failure = await this.#launch(digest);
    return failure === null ? null : { kind: "failed", reason: failure.reason };
  }

  #tellFate(processes: ProcessTable): void {
    const before = this.#mourned;
    if (before === null) return;
    this.#mourned = null;
    this.#around.onRevival(this, compareLives(before.processes, processes));
  }

  #set(state: ServerState): void {
    this.#state = state;
    this.changes.follow(state, this.#client);
    this.#around.onChange();
  }
}

const GONE_LOOKS = 100;
const GONE_LOOK_MS = 50;

/** Resolves once no daemon answers, or after some seconds. */
async function goneOf(configFile: string): Promise<void> {
  for (let look = 0; look < GONE_LOOKS; look++) {
    if ((await findOurs(configFile)).kind === "none") return;
    await new Promise((done) => setTimeout(done, GONE_LOOK_MS));
  }
}

/** Whether two paths are one file, links resolved: then a daemon would keep its state in one place. */
function isSameFile(a: string, b: string): boolean {
  return a === b || runtimeFolder(a).path === runtimeFolder(b).path;
}
