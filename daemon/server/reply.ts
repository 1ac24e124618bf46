import type { IncomingMessage, ServerResponse } from "node:http";

/** Answers with a status and a sentence. */
export function reply(
  response: ServerResponse,
  status: number,
  text: string,
  headers: Record<string, string> = {},
): void {
  const body = Buffer.from(`${text}\n`);
  response.writeHead(status, {
    "Content-Type": "text/plain;charset=utf-8",
    "Content-Length": body.length,
    "X-Content-Type-Options": "nosniff",
    ...headers,
  });
  response.end(body);
}

/** The body of a request; null, and already answered, if it is longer than `limit` bytes. */
export async function readBody(
  request: IncomingMessage,
  response: ServerResponse,
  limit: number,
): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > limit) {
      reply(response, 413, `a request may have ${limit} bytes at most`, { Connection: "close" });
      return null;
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
