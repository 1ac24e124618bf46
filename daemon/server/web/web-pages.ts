import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { readPart } from "../../io/log-part.ts";
import type { LogChannel } from "../../protocol/event-stream.ts";
import type { ProcessRunner } from "../../runtime/process-runner.ts";
import type { Bodies } from "../bodies.ts";
import type { Daemon } from "../daemon.ts";
import { reply } from "../reply.ts";
import { act, timeOfDay } from "./act.ts";
import { pageAssets } from "./assets.ts";
import { type Page, pageHeaders, renderDocument } from "./document.ts";
import { readFilter, writeFilter } from "./filter.ts";
import type { Notice } from "./page-parts.ts";
import { PageToken } from "./page-token.ts";
import { statusPage } from "./status-page.ts";
import { MOST_BYTES, noTailPage, tailPage } from "./tail-page.ts";
import { readableLog, visible } from "./visible-text.ts";

/** A form of ours has three short fields. */
const MAX_FORM_BYTES = 16 * 1024;

/** As Supervisor's page: the least that is shown of a log. */
const LEAST_BYTES = 1024;

/** The web page of the daemon: `GET` shows, `POST` with the page's token acts. */
export class WebPages {
  readonly #daemon: Daemon;
  readonly #bodies: Bodies;
  readonly #token = new PageToken();

  constructor(daemon: Daemon, bodies: Bodies) {
    this.#daemon = daemon;
    this.#bodies = bodies;
  }

  /** `GET /` and `/index.html`. */
  showStatus(query: URLSearchParams, response: ServerResponse, readonly: boolean): void {
    const { supervisor } = this.#daemon;
    const now = Date.now();
    const model = {
      server: supervisor.info(),
      processes: supervisor.snapshots(),
      filter: readFilter(query),
      notice: this.#notice(query),
      token: this.#token.value,
      readonly,
      now,
    };
    sendPage(response, 200, statusPage(model), now);
  }

  /** `GET /tail.html?processname=NAME&limit=BYTES&channel=stdout|stderr`. */
  showTail(query: URLSearchParams, response: ServerResponse, readonly: boolean): void {
    const { supervisor } = this.#daemon;
    const now = Date.now();
    const server = supervisor.info();
    const name = query.get("processname") ?? "";
    const runner = supervisor.find(name);
    if (runner === undefined) {
      const reason = name === "" ? "No process name found" : `No such process named ${visible(name)}`;
      sendPage(response, name === "" ? 200 : 404, noTailPage(server, reason, now), now);
      return;
    }
    const channel: LogChannel = query.get("channel") === "stderr" ? "stderr" : "stdout";
    const limit = readLimit(query.get("limit"));
    const model = {
      ...readLog(runner, name, channel, limit),
      server,
      process: runner.snapshot(),
      channel,
      limit,
      notice: this.#notice(query),
      token: this.#token.value,
      readonly,
      now,
    };
    sendPage(response, 200, tailPage(model), now);
  }

  /** `POST` to either page: acts, and leads a form back to the page, which says what came of it. */
  async act(url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await this.#bodies.read(request, response, MAX_FORM_BYTES);
    if (body === null) return;
    const form = new URLSearchParams(body.toString());
    if (!this.#token.matches(form.get("token") ?? "")) {
      reply(
        response,
        403,
        "only this daemon's own page may act, and it carries a token: load it again (programs use XML-RPC)",
      );
      return;
    }
    const name = form.get("processname") ?? url.searchParams.get("processname") ?? "";
    const { status, message } = await act(this.#daemon, form.get("action") ?? "", name);
    if (!request.headers.accept?.includes("text/html")) {
      reply(response, status, message, { "Cache-Control": "no-store" });
      return;
    }
    const isTail = url.pathname.endsWith("tail.html");
    const query = new URLSearchParams(isTail ? url.searchParams : writeFilter(readFilter(form)));
    const kind = status === 200 ? "done" : "error";
    query.set("message", message);
    query.set("kind", kind);
    query.set("signature", this.#token.sign(`${kind} ${message}`));
    const location = `${isTail ? "tail.html" : "index.html"}?${query}`;
    response.writeHead(303, { Location: location, "Content-Length": 0 }).end();
  }

  /** What the page says above all: never a text that somebody else put into its address. */
  #notice(query: URLSearchParams): Notice {
    const action = query.get("action");
    if (action === "refresh") return { text: `Page refreshed at ${timeOfDay(new Date())}`, isError: false };
    if (action !== null)
      return { text: "Links do not act here, they only show this page. Use its buttons.", isError: true };
    const text = query.get("message") ?? "";
    const kind = query.get("kind") ?? "";
    if (!this.#token.signed(`${kind} ${text}`, query.get("signature") ?? "")) return null;
    return { text, isError: kind === "error" };
  }
}

function sendPage(response: ServerResponse, status: number, page: Page, now: number): void {
  const nonce = randomBytes(18).toString("base64");
  const body = Buffer.from(renderDocument(page, pageAssets(), nonce, now));
  response.writeHead(status, { ...pageHeaders(nonce), "Content-Length": body.length }).end(body);
}

function readLimit(text: string | null): number {
  const limit = /^\d+$/.test(text ?? "") ? Number(text) : LEAST_BYTES;
  return Math.min(Math.max(limit, LEAST_BYTES), MOST_BYTES);
}

function readLog(
  runner: ProcessRunner,
  name: string,
  channel: LogChannel,
  bytes: number,
): { text: string; missing: string | null } {
  if (channel === "stderr" && runner.stderr === null)
    return { text: "", missing: "stderr goes into the log of stdout" };
  const file = runner[channel]?.logfile ?? null;
  if (file === null || !existsSync(file)) return { text: "", missing: `No file for ${visible(name)}` };
  const raw = readPart(file, { kind: "last", bytes }).toString();
  // The beginning may be in the middle of a character.
  return { text: readableLog("", raw.replace(/^\uFFFD{1,3}/, "")).text, missing: null };
}
