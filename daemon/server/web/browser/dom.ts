/** The element that the server's markup always has. */
export function element<T extends HTMLElement = HTMLElement>(
  selector: string,
  within: ParentNode = document,
): T {
  const found = within.querySelector<T>(selector);
  if (found === null) throw new Error(`the page has no ${selector}`);
  return found;
}

/** Sets a text only where it differs: what is left alone is neither read out nor deselected. */
export function setText(target: Element, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}

/** An address of this server, next to the page: also behind a proxy, and without a password that the page's own address may hold. */
export function nearby(relative: string): string {
  const url = new URL(relative, document.baseURI);
  url.username = "";
  url.password = "";
  return url.href;
}

/** Milliseconds by which the server's clock is ahead of this one. */
const ahead = Number(document.body.dataset.now) - Date.now();

/** The time on the server, epoch milliseconds. */
export function serverNow(): number {
  return Date.now() + ahead;
}
