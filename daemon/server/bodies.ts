import type { IncomingMessage, ServerResponse } from "node:http";
import { reply } from "./reply.ts";

/** What the bodies of all requests together may take, in bytes. */
const MOST_TOGETHER = 64 * 1024 * 1024;

/** Reads the bodies of requests, and keeps count of the memory that they take. */
export class Bodies {
  #held = 0;

  /** The body of a request; null, and already answered, if it is longer than `limit` bytes, or all together are too long. */
  async read(request: IncomingMessage, response: ServerResponse, limit: number): Promise<Buffer | null> {
    const chunks: Buffer[] = [];
    let length = 0;
    response.on("close", () => {
      this.#held -= length;
    });
    if (Number(request.headers["content-length"] ?? 0) > limit) return refuseLong(response, limit);
    const reading: AsyncIterable<Buffer> = request.iterator({ destroyOnReturn: false });
    for await (const chunk of reading) {
      length += chunk.length;
      this.#held += chunk.length;
      if (length > limit) return refuseLong(response, limit);
      if (this.#held > MOST_TOGETHER) return refuseMany(response);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  }
}

function refuseLong(response: ServerResponse, limit: number): null {
  reply(response, 413, `a request may have ${limit} bytes at most`, { Connection: "close" });
  return null;
}

function refuseMany(response: ServerResponse): null {
  reply(response, 503, "too many long requests at once; try again", {
    Connection: "close",
    "Retry-After": "1",
  });
  return null;
}
