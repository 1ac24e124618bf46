import type { LogChannel, ProcessSnapshot, ServerInfo } from "../../protocol/event-stream.ts";
import type { Page } from "./document.ts";
import { type Html, html } from "./html.ts";
import { type Notice, noticeLine, serverLine } from "./page-parts.ts";
import { actionButtons, tailAddress } from "./process-row.ts";
import { viewProcess } from "./process-view.ts";
import { visible } from "./visible-text.ts";

/** More of a log than this is not shown at once. */
export const MOST_BYTES = 1024 * 1024;

/** What the page of a log is made of. `text` is readable already, `missing` says why there is none. */
export type TailModel = {
  readonly server: ServerInfo;
  readonly process: ProcessSnapshot;
  readonly channel: LogChannel;
  readonly limit: number;
  readonly text: string;
  readonly missing: string | null;
  readonly notice: Notice;
  readonly token: string;
  readonly readonly: boolean;
  readonly now: number;
};

/** The page that shows the end of a log, and what is written to it. */
export function tailPage(model: TailModel): Page {
  const { server, process, channel, text, missing, token, now } = model;
  const view = viewProcess(process, now);
  const name = visible(view.namespec);
  const here = tailAddress(view.namespec, channel, model.limit);
  return {
    kind: "tail",
    title: `Supervisor tail of process ${name}`,
    startedAt: server.startedAt,
    readonly: model.readonly,
    main: html`<header><nav aria-label="Pages"><a href="index.html">All processes</a></nav><h1>${name} <small>${channel}</small></h1>${serverLine(server, now)}</header>
<main data-key="${view.key}" data-tone="${view.tone}" data-channel="${channel}" data-history="${model.limit}">
${noticeLine(model.notice)}
<p id="process"><span class="state">${process.state.toLowerCase()}</span> <span class="description">${visible(view.description)}</span></p>
<form method="post" action="tail.html" id="act"><input type="hidden" name="token" value="${token}"><div class="actions" role="group" aria-label="${name}">${actionButtons(view, here)}</div></form>
${logLinks(model, view.namespec)}
<p id="missing">${missing ?? ""}</p>
<pre id="log" role="log" aria-live="off" aria-label="${channel} of ${name}" tabindex="0">${text}</pre>
</main>
<p id="changes" class="unseen" role="status"></p>`,
  };
}

/** The page for an address that names no process we know. */
export function noTailPage(server: ServerInfo, reason: string, now: number): Page {
  return {
    kind: "tail",
    title: "Supervisor tail",
    startedAt: server.startedAt,
    readonly: false,
    main: html`<header><nav aria-label="Pages"><a href="index.html">All processes</a></nav><h1>Supervisor tail</h1>${serverLine(server, now)}</header>
<main><p id="missing">${reason}</p></main>`,
  };
}

function logLinks({ process, channel, limit }: TailModel, namespec: string): Html {
  const switchTo = (to: LogChannel) =>
    html`<a class="button" href="${tailAddress(namespec, to, limit)}"${to === channel ? html` aria-current="page"` : null}>${to}</a>`;
  const more = Math.min(limit * 8, MOST_BYTES);
  const raw = `logtail/${encodeURIComponent(namespec.toWellFormed())}${channel === "stderr" ? "/stderr" : ""}`;
  return html`<div id="toolbar" role="group" aria-label="Log">
${switchTo("stdout")}${process.stderrLogfile === null ? null : switchTo("stderr")}
<a class="button" href="${tailAddress(namespec, channel, limit)}">Refresh</a>
${more > limit ? html`<a class="button" href="${tailAddress(namespec, channel, more)}">Show more</a>` : null}
<a class="button" href="${raw}">Raw</a>
<label class="live"><input type="checkbox" id="follow" checked> Follow</label>
<label class="live"><input type="checkbox" id="aloud"> Read aloud</label>
</div>`;
}
