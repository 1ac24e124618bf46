import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

/** An answer or notification, with the time at which its last byte came. */
export type Message = {
  readonly at: number;
  readonly bytes: number;
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
};

/** A language server on its standard streams, with the clock running. */
export class Client {
  readonly process: ChildProcess;
  readonly startedAt = performance.now();
  readonly #answers = new Map<number, (message: Message) => void>();
  #onMessage: (message: Message) => void = () => {};
  #chunks: Buffer[] = [];
  #held = 0;
  #wanted = -1;
  #count = 0;

  constructor(command: string, args: readonly string[]) {
    this.process = spawn(command, args, { stdio: ["pipe", "pipe", "ignore"] });
    this.process.stdout?.on("data", (chunk: Buffer) => this.#take(chunk));
  }

  /** Calls back for each notification. */
  listen(onMessage: (message: Message) => void): void {
    this.#onMessage = onMessage;
  }

  /** Sends a request; its answer has the time it took. */
  async ask(method: string, params: unknown): Promise<Message & { readonly took: number }> {
    const id = ++this.#count;
    const sentAt = performance.now();
    const answer = await new Promise<Message>((resolve) => {
      this.#answers.set(id, resolve);
      this.#send({ id, method, params });
    });
    return { ...answer, took: answer.at - sentAt };
  }

  /** Sends a notification. */
  tell(method: string, params: unknown): void {
    this.#send({ method, params });
  }

  /** Asks the server to go, and waits until it has. */
  async end(): Promise<void> {
    const ended = once(this.process, "exit");
    await this.ask("shutdown", null);
    this.tell("exit", null);
    await ended;
  }

  #send(message: object): void {
    const body = Buffer.from(JSON.stringify({ jsonrpc: "2.0", ...message }));
    this.process.stdin?.write(`Content-Length: ${body.length}\r\n\r\n`);
    this.process.stdin?.write(body);
  }

  #take(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#held += chunk.length;
    while (this.#next());
  }

  /** Reads one message where it is there as a whole; only then its parts are put together. */
  #next(): boolean {
    if (this.#wanted === -1) {
      const held = this.#joined();
      const end = held.indexOf("\r\n\r\n");
      if (end === -1) return false;
      this.#wanted = Number(/content-length: *(\d+)/i.exec(held.toString("latin1", 0, end))?.[1] ?? 0);
      this.#keep(held.subarray(end + 4));
    }
    if (this.#held < this.#wanted) return false;
    const at = performance.now();
    const held = this.#joined();
    const message = JSON.parse(held.toString("utf8", 0, this.#wanted));
    const bytes = this.#wanted;
    this.#keep(held.subarray(this.#wanted));
    this.#wanted = -1;
    this.#deliver({ ...message, at, bytes });
    return true;
  }

  #joined(): Buffer {
    const joined = this.#chunks.length === 1 ? this.#chunks[0] : undefined;
    return joined ?? Buffer.concat(this.#chunks);
  }

  #keep(rest: Buffer): void {
    this.#chunks = [rest];
    this.#held = rest.length;
  }

  #deliver(message: Message): void {
    if (message.method === undefined && message.id !== undefined) {
      this.#answers.get(message.id)?.(message);
      this.#answers.delete(message.id);
    } else if (message.id !== undefined) {
      const result = message.method === "workspace/configuration" ? [{}] : null;
      this.#send({ id: message.id, result });
    } else {
      this.#onMessage(message);
    }
  }
}
