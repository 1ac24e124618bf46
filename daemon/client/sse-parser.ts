/** One server-sent event: its data, and the id that a reconnecting client names. */
type ServerSentEvent = { readonly id: string; readonly data: string };

/** Longest event that is held while it arrives, in characters. */
const MAX_EVENT_LENGTH = 16 * 1024 * 1024;

export type SseParser = {
  /** The events that this chunk completes. Throws where one event grows beyond all measure. */
  push(chunk: string): ServerSentEvent[];
};

/** Reads server-sent events out of chunks of text that may be cut anywhere; comments and event names are passed over. */
export function createSseParser(): SseParser {
  let partialLine = "";
  let data: string[] = [];
  let length = 0;
  let id = "";

  function endLine(line: string): ServerSentEvent[] {
    if (line === "") {
      const events = data.length > 0 ? [{ id, data: data.join("\n") }] : [];
      data = [];
      length = 0;
      return events;
    }
    const { field, value } = splitField(line);
    if (field === "id") id = value;
    if (field === "data") {
      data.push(value);
      length += value.length;
    }
    return [];
  }

  return {
    push(chunk) {
      if (length + partialLine.length + chunk.length > MAX_EVENT_LENGTH)
        throw new Error("an event has no end");
      // Only what is new is searched: a long line that arrives in many chunks stays cheap.
      if (!LINE_END.test(chunk) && !partialLine.endsWith("\r")) {
        partialLine += chunk;
        return [];
      }
      const lines = (partialLine + chunk).split(LINE_END);
      partialLine = lines.pop() ?? "";
      return lines.flatMap(endLine);
    },
  };
}

// A carriage return at the very end of a chunk may be half of a CR LF: it waits for the next one.
const LINE_END = /\r\n|\n|\r(?!$)/;

function splitField(line: string): { field: string; value: string } {
  const colon = line.indexOf(":");
  if (colon === -1) return { field: line, value: "" };
  const start = line[colon + 1] === " " ? colon + 2 : colon + 1;
  return { field: line.slice(0, colon), value: line.slice(start) };
}
