import type { IncomingMessage, ServerResponse } from "node:http";
import type { Supervisor } from "../../runtime/supervisor.ts";
import type { Windows } from "../../runtime/windows.ts";
import type { Backlog } from "../backlog.ts";
import { reply } from "../reply.ts";
import { EventJournal } from "./journal.ts";
import { parseEventQuery } from "./query.ts";
import { EventStream } from "./stream.ts";

const REMEMBERED_EVENTS = 2000;

/** `GET /events`: numbers what happens and passes it on to every client. */
export class EventHub {
  readonly #supervisor: Supervisor;
  readonly #backlog: Backlog;
  readonly #windows: Windows | null;
  readonly #journal = new EventJournal(REMEMBERED_EVENTS, Date.now() * 1000);
  readonly #streams = new Set<EventStream>();

  constructor(supervisor: Supervisor, backlog: Backlog, windows: Windows | null) {
    this.#supervisor = supervisor;
    this.#backlog = backlog;
    this.#windows = windows;
    supervisor.events.add((event) => {
      const numbered = this.#journal.add(event);
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
    this.#backlog.join(response);
    const stream = new EventStream(this.#supervisor, this.#journal, this.#backlog, query, response);
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
