import type { StreamEvent } from "../../../protocol/event-stream.ts";
import { element, nearby, setText } from "./dom.ts";

/** A stream that the browser has given up is opened anew after this long. */
const RETRY_MS = 3000;

/** What follows events: `pause` lets go of them for so many milliseconds, and begins anew then. */
export type Following = { readonly pause: (ms: number) => void };

/**
 * Follows the daemon's events as long as the page can be seen. A hidden page holds no connection: browsers allow only
 * a few to one server.
 */
export function followEvents(query: string, onEvent: (event: StreamEvent) => void): Following {
  let source: EventSource | null = null;
  let retry: number | undefined;
  let layout = 0;
  const close = () => {
    clearTimeout(retry);
    cancelAnimationFrame(layout);
    source?.close();
    source = null;
  };
  const open = () => {
    close();
    source = new EventSource(nearby(`events${query}`));
    source.onopen = () => showConnection(true);
    source.onmessage = ({ data }: MessageEvent<string>) => {
      const event: StreamEvent = JSON.parse(data);
      if (event.type === "snapshot") reloadForAnother(event.server.startedAt);
      onEvent(event);
    };
    source.onerror = () => {
      showConnection(false);
      if (source?.readyState === EventSource.CLOSED) retry = setTimeout(open, RETRY_MS);
    };
  };
  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
  if (!document.hidden) open();
  return {
    pause: (ms) => {
      close();
      // What has come is laid out before the rest begins: else a slow browser would have none.
      layout = requestAnimationFrame(() => {
        retry = setTimeout(open, ms);
      });
    },
  };
}

/** Another daemon knows neither this page's token nor what it shows. */
function reloadForAnother(startedAt: number): void {
  if (String(startedAt) !== document.body.dataset.started) location.reload();
}

function showConnection(isOpen: boolean): void {
  document.body.classList.toggle("stale", !isOpen);
  setText(element("#connection"), isOpen ? "" : "Connection lost: this may be out of date. Trying again …");
}
