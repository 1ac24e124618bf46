import { formatUptime } from "../../core/description.ts";
import type { ServerInfo } from "../../protocol/event-stream.ts";
import { type Html, html } from "./html.ts";
import { visible } from "./visible-text.ts";

/** What came of the last action; null for none yet. */
export type Notice = { readonly text: string; readonly isError: boolean } | null;

/** Where the page says what came of an action. Empty, it is there for the script to fill, and for screen readers to watch. */
export function noticeLine(notice: Notice): Html {
  const kind = notice === null ? "none" : notice.isError ? "error" : "done";
  return html`<p id="notice" role="status" data-kind="${kind}">${notice?.text ?? ""}</p>
<p id="connection" role="status"></p>`;
}

/** Which daemon this is. */
export function serverLine(server: ServerInfo, now: number): Html {
  const changed = "The configuration on disk has changed: supervisorctl update puts it in force.";
  return html`<p id="server"><b>${visible(server.identifier)}</b> <span>version ${server.version}</span> <span>pid ${server.pid}</span> <span>up <span id="uptime">${uptime(server, now)}</span></span> <span>${visible(server.configFile)}</span></p>
<p id="config-changed"${server.configChanged ? null : html` hidden`}>${changed}</p>`;
}

/** How long the daemon has been up. */
export function uptime({ startedAt }: Pick<ServerInfo, "startedAt">, now: number): string {
  return formatUptime(Math.max(0, Math.floor((now - startedAt) / 1000)));
}
