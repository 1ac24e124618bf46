import { type Html, html, trusted } from "./html.ts";

/** One page, before it has its frame. */
export type Page = {
  readonly kind: "status" | "tail";
  readonly title: string;
  readonly main: Html;
  /** When the daemon started, epoch milliseconds: the script notices by it that another one answers. */
  readonly startedAt: number;
  /** Whether the page has no buttons that act. */
  readonly readonly: boolean;
};

/** What a page carries inside itself, for nothing else is loaded. */
export type Assets = { readonly script: string; readonly style: string };

const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect width='16' height='16' rx='4' fill='%23167a5b'/%3E%3Cpath d='M6 4l6 4-6 4z' fill='%23fff'/%3E%3C/svg%3E";

/** The whole document. `nonce` lets just this style and this script in; `now` is epoch milliseconds. */
export function renderDocument(page: Page, assets: Assets, nonce: string, now: number): string {
  const { kind, title, main, startedAt } = page;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="${ICON}">
<style nonce="${nonce}">${trusted(assets.style)}</style>
</head>
<body class="${kind}${page.readonly ? " readonly" : ""}" data-now="${now}" data-started="${startedAt}">
${main}
<script nonce="${nonce}">${trusted(assets.script)}</script>
</body>
</html>
`.markup;
}

/** The headers that keep a page to itself: nothing foreign in it, and it in nothing foreign. */
export function pageHeaders(nonce: string): Record<string, string> {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    "img-src data:",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ];
  return {
    "Content-Type": "text/html;charset=utf-8",
    "Content-Security-Policy": policy.join("; "),
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    // Without any referrer a browser sends its forms as from nowhere, and they would be refused.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
  };
}
