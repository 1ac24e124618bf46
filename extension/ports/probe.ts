import { type ClientRequest, get, type RequestOptions } from "node:http";
import { get as getSecurely } from "node:https";
import { nearestAddress, type Port } from "../model/ports/port.ts";

const TIMEOUT_MS = 1500;

/** What speaks HTTP at a port: `inspector` is the debugger of a Node program, which is nothing to look at. */
export type Speaks = "http" | "https" | "inspector" | null;

/** Asks a port for what every browser asks it for, to see what it speaks. */
export async function probe(port: Port): Promise<Speaks> {
  const options = { host: nearestAddress(port), port: port.port, path: "/favicon.ico" };
  const before = performance.now();
  const plain = await answerTo((onAnswer) => get({ ...options, ...LIMITS }, onAnswer));
  if (plain?.startsWith("WebSockets request was expected")) return "inspector";
  // One that waits for more would do so in HTTPS, too.
  if (plain === null && performance.now() - before >= TIMEOUT_MS) return null;
  // Some servers of HTTPS tell in plain words that they are.
  if (plain !== null && !/\bHTTPS\b/.test(plain)) return "http";
  const secure = { ...options, ...LIMITS, rejectUnauthorized: false };
  const answer = await answerTo((onAnswer) => getSecurely(secure, onAnswer));
  if (answer !== null) return "https";
  return plain === null ? null : "http";
}

const LIMITS: RequestOptions = { timeout: TIMEOUT_MS, agent: false };
const LONGEST_ANSWER = 2048;

type Answer = Parameters<typeof get>[2];

/** The beginning of what it answers; null where that is no HTTP, or late. */
function answerTo(ask: (onAnswer: NonNullable<Answer>) => ClientRequest): Promise<string | null> {
  return new Promise((resolve) => {
    const request = ask((response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (more: string) => {
        text += more;
        if (text.length > LONGEST_ANSWER) response.destroy();
      });
      response.on("close", () => resolve(text));
      response.on("error", () => resolve(text));
    });
    request.on("timeout", () => request.destroy());
    request.on("error", () => resolve(null));
    request.on("close", () => resolve(null));
  });
}
