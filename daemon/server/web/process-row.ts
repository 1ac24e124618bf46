import type { LogChannel, ProcessSnapshot } from "../../protocol/event-stream.ts";
import { type Html, html } from "./html.ts";
import { type ProcessAction, type ProcessView, viewProcess } from "./process-view.ts";
import { visible } from "./visible-text.ts";

/** The links to a log show this much of it at first; the address can ask for more. */
const FIRST_LOOK_BYTES = 16_384;

const ACTIONS: Readonly<Record<ProcessAction, string>> = {
  start: "Start",
  restart: "Restart",
  stop: "Stop",
  clearlog: "Clear log",
};

/** A group's part of the table: its name and buttons where it is more than its one process, then its processes. */
export function groupSection(
  group: string,
  processes: readonly ProcessSnapshot[],
  isShown: (process: ProcessSnapshot) => boolean,
  now: number,
): Html {
  const isPlain = processes.length === 1 && processes[0]?.name === group;
  const hasShown = processes.some(isShown);
  return html`<tbody role="rowgroup" data-group="${encodeURIComponent(group.toWellFormed())}"${hasShown ? null : html` hidden`}>
${isPlain ? null : groupRow(group)}${processes.map((process) => processRow(process, isShown(process), now))}</tbody>
`;
}

/** The buttons of one process, for the table and for the page of its log; `address` is where they are sent to. */
export function actionButtons(view: ProcessView, address: string): readonly Html[] {
  const actions = Object.entries(ACTIONS) as [ProcessAction, string][];
  return actions.map(([action, label]) => {
    const refused = view.can(action) ? null : html` aria-disabled="true"`;
    return html`<button name="action" value="${action}" formaction="${address}" aria-label="${label} ${visible(view.namespec)}"${refused}>${label}</button>`;
  });
}

/** The address of the page that shows a log. */
export function tailAddress(namespec: string, channel: LogChannel, limit: number): string {
  const query = new URLSearchParams({ processname: namespec, limit: String(limit) });
  if (channel === "stderr") query.set("channel", channel);
  return `tail.html?${query}`;
}

function groupRow(group: string): Html {
  const name = visible(group);
  const button = (action: string, label: string) =>
    html`<button name="action" value="${action}" formaction="${target(`${group}:*`)}" aria-label="${label} group ${name}">${label}</button>`;
  return html`<tr class="group" role="row"><th role="rowheader" scope="rowgroup" colspan="3">${name}</th><td role="cell" class="actions">${button("start", "Start")}${button("restart", "Restart")}${button("stop", "Stop")}</td></tr>
`;
}

function processRow(process: ProcessSnapshot, isShown: boolean, now: number): Html {
  const view = viewProcess(process, now);
  const name = visible(view.namespec);
  const log = (channel: LogChannel) =>
    html`<a href="${tailAddress(view.namespec, channel, FIRST_LOOK_BYTES)}" aria-label="${channel} of ${name}">${channel}</a>`;
  return html`<tr role="row" data-key="${view.key}" data-tone="${view.tone}"${isShown ? null : html` hidden`}>
<th role="rowheader" scope="row"><a href="${tailAddress(view.namespec, "stdout", FIRST_LOOK_BYTES)}">${name}</a></th>
<td role="cell"><span class="state">${process.state.toLowerCase()}</span></td>
<td role="cell" class="description">${visible(view.description)}</td>
<td role="cell" class="actions">${actionButtons(view, target(view.namespec))}${log("stdout")}${process.stderrLogfile === null ? null : log("stderr")}</td>
</tr>
`;
}

function target(namespec: string): string {
  return `index.html?${new URLSearchParams({ processname: namespec })}`;
}
