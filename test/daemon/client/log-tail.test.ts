import { createServer, type ServerResponse } from "node:http";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import type { RequestFailure } from "../../../daemon/client/failure.ts";
import { followLog, tailPath } from "../../../daemon/client/log-tail.ts";
import { scratchFolder } from "../../helpers/scratch.ts";

describe("following a log", () => {
  test("names the process and channel, or the daemon", () => {
    expect(tailPath({ kind: "process", name: "g:a b/c", channel: "stderr" })).toBe(
      "/logtail/g:a%20b%2Fc/stderr",
    );
    expect(tailPath({ kind: "daemon" })).toBe("/mainlogtail");
  });

  test("never cuts a character, and tells of an end in good order", async () => {
    const bytes = Buffer.from("\u00fc\u{1f600}");
    const { text, failure } = await follow((response) => {
      response.write(bytes.subarray(0, 1));
      response.write(bytes.subarray(1, 4));
      response.end(bytes.subarray(4));
    });
    expect(text).toEqual(bytes.toString());
    expect(failure).toBeNull();
  });

  test("tells of a log that is not there", async () => {
    const { failure } = await follow((response) => response.writeHead(404).end());
    expect(failure).toMatchObject({ status: 404 });
  });

  test("tells of a server that dies", async () => {
    const { text, failure } = await follow((response) => {
      response.write("last words", () => response.destroy());
    });
    expect(text).toBe("last words");
    expect(failure?.message).toMatch(/^cannot reach the supervisor at unix:.*: the connection was closed$/);
  });
});

/** Follows a log that is answered so, to its end. */
async function follow(answer: (response: ServerResponse) => void) {
  const path = join(scratchFolder(), "s.sock");
  const server = createServer((_request, response) => answer(response));
  await new Promise<void>((done) => server.listen(path, done));
  onTestFinished(() => void server.close());
  let text = "";
  const failure = await new Promise<RequestFailure | null>((onClosed) => {
    followLog({ kind: "unix", path }, { kind: "daemon" }, { onClosed, onText: (more) => (text += more) });
  });
  return { text, failure };
}
