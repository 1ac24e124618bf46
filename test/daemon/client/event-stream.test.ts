import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { type EventQuery, followEvents, type StreamStatus } from "../../../daemon/client/event-stream.ts";
import type { StreamEvent } from "../../../daemon/protocol/event-stream.ts";
import { scratchFolder } from "../../helpers/scratch.ts";

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

describe("following events", () => {
  test("asks for what is wanted and hands over each event", async () => {
    const server = await serve(stream('id: 1\ndata: {"type":"removed","group":"g"}\n\n'));
    const seen = follow(server.path, { processes: ["g:a b"], logs: ["stdout"], history: 10 });
    expect(await seen.event()).toEqual({ type: "removed", group: "g" });
    expect(server.requests[0]?.url).toBe("/events?process=g%3Aa+b&log=stdout&history=10");
    expect(seen.statuses).toEqual(["open"]);
  });

  test("goes on after a break with the last event it saw", async () => {
    const server = await serve((_request, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.end('id: 41\ndata: {"type":"removed","group":"one"}\n\n');
    }, stream('id: 42\ndata: {"type":"removed","group":"two"}\n\n'));
    const seen = follow(server.path);
    expect(await seen.event()).toEqual({ type: "removed", group: "one" });
    expect(await seen.event()).toEqual({ type: "removed", group: "two" });
    expect(server.requests.map(({ headers }) => headers["last-event-id"])).toEqual([undefined, "41"]);
    expect(seen.statuses).toEqual([
      "open",
      { closed: `cannot reach the supervisor at unix://${server.path}: the connection was closed` },
      "open",
    ]);
  });

  test("says so of a supervisor without events, and stops", async () => {
    const server = await serve((_request, response) => response.writeHead(404).end());
    const seen = follow(server.path);
    expect(await seen.status()).toBe("unsupported");
  });

  test("takes a web page for a supervisor without events", async () => {
    const server = await serve((_request, response) =>
      response.writeHead(200, { "content-type": "text/html" }).end(),
    );
    expect(await follow(server.path).status()).toBe("unsupported");
  });

  test("tries again where nobody listens yet, or a password is missing", async () => {
    const nowhere = join(scratchFolder(), "none.sock");
    expect(await follow(nowhere).status()).toEqual({
      closed: `cannot reach the supervisor at unix://${nowhere}: no such file`,
    });
    const server = await serve((_request, response) => response.writeHead(401).end(), stream(""));
    const seen = follow(server.path);
    expect(await seen.status()).toEqual({
      closed: `cannot use the supervisor at unix://${server.path}: it requires a user name and password`,
    });
    expect(await seen.status()).toBe("open");
  });

  test("drops a stream that is no JSON", async () => {
    const server = await serve(stream("data: {nonsense\n\n"));
    const seen = follow(server.path);
    expect(await seen.status()).toBe("open");
    expect(await seen.status()).toEqual({
      closed: `cannot use the supervisor at unix://${server.path}: it sends events that cannot be read`,
    });
  });
});

/** Answers requests by the given answers in turn, the last one again and again. */
async function serve(...answers: readonly Answer[]) {
  const path = join(scratchFolder(), "s.sock");
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    const answer = answers[Math.min(requests.length, answers.length - 1)];
    requests.push(request);
    answer?.(request, response);
  });
  await new Promise<void>((done) => server.listen(path, done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { path, requests };
}

function stream(text: string): Answer {
  return (_request, response) => {
    response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
    response.write(`: hello\n\n${text}`);
  };
}

function follow(path: string, query: EventQuery = {}) {
  const statuses: StreamStatus[] = [];
  const events = queue<StreamEvent>();
  const changes = queue<StreamStatus>();
  const following = followEvents({ kind: "unix", path }, query, {
    onEvent: events.put,
    onStatus(status) {
      statuses.push(status);
      changes.put(status);
    },
  });
  onTestFinished(() => following.close());
  return { statuses, event: events.take, status: changes.take };
}

function queue<T>() {
  const items: T[] = [];
  const takers: ((item: T) => void)[] = [];
  return {
    put(item: T): void {
      const taker = takers.shift();
      if (taker === undefined) items.push(item);
      else taker(item);
    },
    take(): Promise<T> {
      const item = items.shift();
      return item === undefined ? new Promise((done) => takers.push(done)) : Promise.resolve(item);
    },
  };
}
