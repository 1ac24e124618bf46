import { type ClientRequest, request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import type { ServerAddress } from "./address.ts";
import { RequestFailure, refusedWith, tooSlow, unreachable } from "./failure.ts";

export type HttpCall = {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
};

export type Limits = {
  /** Milliseconds for the whole exchange; 0 waits for ever. */
  readonly timeoutMs: number;
  readonly maxBytes: number;
};

/** One HTTP exchange: resolves with the body of a 200 answer, rejects with a `RequestFailure`. */
export function request(address: ServerAddress, call: HttpCall, limits: Limits): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const outgoing = open(address, call, (answer) => {
    if (answer.statusCode === 200) collect(answer, limits.maxBytes, resolve, fail);
    else fail(refusedWith(address, answer.statusCode ?? 0));
  });
  const timer =
    limits.timeoutMs > 0
      ? setTimeout(() => fail(tooSlow(address, limits.timeoutMs)), limits.timeoutMs)
      : null;
  function fail(error: Error): void {
    reject(unreachable(address, error));
    outgoing.destroy();
  }
  outgoing.on("error", fail);
  return promise.finally(() => timer && clearTimeout(timer));
}

/** Sends a request and hands over the answer as it begins; the caller listens for `error`. */
export function open(
  address: ServerAddress,
  call: HttpCall,
  onAnswer: (answer: IncomingMessage) => void,
): ClientRequest {
  const headers: Record<string, string> = { ...call.headers, ...authorization(address) };
  if (call.body !== undefined) headers["content-length"] = String(Buffer.byteLength(call.body));
  const options = { method: call.method, headers, agent: false } as const;
  const outgoing = send(address, call.path, options, onAnswer);
  outgoing.end(call.body);
  return outgoing;
}

function send(
  address: ServerAddress,
  path: string,
  options: { method: string; headers: Record<string, string>; agent: false },
  onAnswer: (answer: IncomingMessage) => void,
): ClientRequest {
  if (address.kind === "unix") return httpRequest({ ...options, socketPath: address.path, path }, onAnswer);
  const url = address.url + path;
  return url.startsWith("https:")
    ? httpsRequest(url, options, onAnswer)
    : httpRequest(url, options, onAnswer);
}

function authorization({ username, password }: ServerAddress): Record<string, string> {
  if (username === undefined || password === undefined) return {};
  return { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}` };
}

function collect(
  answer: IncomingMessage,
  maxBytes: number,
  resolve: (body: Buffer) => void,
  reject: (error: Error) => void,
): void {
  const chunks: Buffer[] = [];
  let length = 0;
  answer.on("data", (chunk: Buffer) => {
    length += chunk.length;
    if (length > maxBytes)
      reject(new RequestFailure(`cannot read the answer: it is longer than ${maxBytes} bytes`, {}));
    else chunks.push(chunk);
  });
  answer.on("end", () => resolve(Buffer.concat(chunks)));
  answer.on("error", reject);
}
