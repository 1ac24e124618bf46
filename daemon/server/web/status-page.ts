import type { ProcessSnapshot, ServerInfo } from "../../protocol/event-stream.ts";
import { STATE_CODES } from "../../protocol/states.ts";
import type { Page } from "./document.ts";
import { type Filter, passes, writeFilter } from "./filter.ts";
import { type Html, html } from "./html.ts";
import { type Notice, noticeLine, serverLine } from "./page-parts.ts";
import { groupSection } from "./process-row.ts";
import { summarise } from "./process-view.ts";
import { visible } from "./visible-text.ts";

/** What the status page is made of. */
export type StatusModel = {
  readonly server: ServerInfo;
  readonly processes: readonly ProcessSnapshot[];
  readonly filter: Filter;
  readonly notice: Notice;
  readonly token: string;
  readonly readonly: boolean;
  readonly now: number;
};

/** The page that shows all processes and acts on them. */
export function statusPage(model: StatusModel): Page {
  const { server, processes, filter, notice, token } = model;
  const failing = processes.filter(({ state }) => state === "FATAL").length;
  return {
    kind: "status",
    title: `${failing === 0 ? "" : `(${failing} fatal) `}Supervisor Status`,
    startedAt: server.startedAt,
    readonly: model.readonly,
    main: html`<a class="skip" href="#processes">Skip to the processes</a>
<header><h1>Supervisor Status</h1>${serverLine(server, model.now)}</header>
<main>
${noticeLine(notice)}
${filterForm(processes, filter)}
<form method="post" action="index.html" id="act">
<input type="hidden" name="token" value="${token}">
${Object.entries(filter).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
${toolbar(filter)}
<p id="summary"><span id="counts">${summarise(processes)}</span><span id="shown" role="status"></span></p>
${processTable(model)}
</form>
</main>
<p id="changes" class="unseen" role="status"></p>`,
  };
}

function filterForm(processes: readonly ProcessSnapshot[], filter: Filter): Html {
  const groups = [...new Set(processes.map(({ group }) => group))];
  const states = Object.keys(STATE_CODES);
  return html`<form method="get" action="index.html" id="filter" role="search" aria-label="Processes">
<label>Filter <input type="search" name="words" value="${filter.words}" placeholder="name or group" autocomplete="off" spellcheck="false" aria-keyshortcuts="/"></label>
<label>State <select name="state">${options("any state", states, filter.state)}</select></label>
<label>Group <select name="group">${options("any group", groups, filter.group)}</select></label>
<button class="plain">Filter</button>
</form>`;
}

function options(any: string, values: readonly string[], chosen: string): Html {
  const option = (value: string) =>
    value === chosen
      ? html`<option value="${value}" selected>${visible(value)}</option>`
      : html`<option value="${value}">${visible(value)}</option>`;
  return html`<option value="">${any}</option>${values.map(option)}`;
}

function toolbar(filter: Filter): Html {
  const query = writeFilter(filter);
  const refresh = `index.html?action=refresh${query === "" ? "" : `&${query}`}`;
  return html`<div id="toolbar" role="group" aria-label="All processes">
<a class="button" href="${refresh}">Refresh</a>
<button name="action" value="startall">Start all</button>
<button name="action" value="restartall">Restart all</button>
<button name="action" value="stopall">Stop all</button>
<button name="action" value="clearall">Clear all logs</button>
</div>`;
}

function processTable({ processes, filter, now }: StatusModel): Html {
  const groups = Map.groupBy(processes, ({ group }) => group);
  const isShown = (process: ProcessSnapshot) => passes(process, filter);
  const nothing = processes.length === 0 ? "No programs to manage" : "No process passes the filter";
  return html`<table id="processes" role="table" tabindex="-1">
<caption class="unseen">Processes</caption>
<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">Name</th><th role="columnheader" scope="col">State</th><th role="columnheader" scope="col">Description</th><th role="columnheader" scope="col">Action</th></tr></thead>
${[...groups].map(([group, members]) => groupSection(group, members, isShown, now))}
</table>
<p id="nothing"${processes.some(isShown) ? html` hidden` : null}>${nothing}</p>`;
}
