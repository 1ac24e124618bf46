import type { IncomingMessage, ServerResponse } from "node:http";
import type { Supervisor } from "../../runtime/supervisor.ts";
import type { Windows } from "../../runtime/windows.ts";
import type { Backlog } from "../backlog.ts";
import { reply } from "../reply.ts";
import { Frames } from "./frames.ts";
import { EventJournal } from "./journal.ts";
import { parseEventQuery } from "./query.ts";
import { EventStream, type Shared } from "./stream.ts";

const REMEMBERED_EVENTS = 2000;

/** `GET /events`: numbers what happens and passes it on to every client. */
export class EventHub {
  readonly #supervisor: Supervisor;
  readonly #shared: Shared;
  readonly #windows: Windows | null;
  readonly #streams = new Set<EventStream>();

  constructor(supervisor: Supervisor, backlog: Backlog, windows: Windows | null) {
    this.#supervisor = supervisor;
    const journal = new EventJournal(REMEMBERED_EVENTS, Date.now() * 1000);
    this.#shared = { journal, frames: new Frames(), backlog };
    this.#windows = windows;
    supervisor.events.add((event) => {
      const numbered = journal.add(event);
      for (const stream of this.#streams) stream.send(numbered);
    });
  }

  /** On a server that is only for looking a window decides nothing by its presence. */
  handle(url: URL, request: IncomingMessage, response: ServerResponse, readonly: boolean): void {
    const query = parseEventQuery(url.searchParams);
    if (typeof query === "string") {
      reply(response, 400, query);
      return;
    }
    this.#shared.backlog.join(response);
    const stream = new EventStream(this.#supervisor, this.#shared, query, response);
    this.#streams.add(stream);
    const leave = !readonly && query.window && this.#windows?.enter(query.window);
    response.on("close", () => {
      if (leave) leave();
      stream.close();
      this.#streams.delete(stream);
    });
    const last = Number(request.headers["last-event-id"] ?? Number.NaN);
    stream.open(Number.isSafeInteger(last) ? last : null);
  }
}
