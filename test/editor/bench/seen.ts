import type { Page } from "playwright-core";

/** Something that is waited for on a page: an element of the selector whose text or accessible name has the words. */
type Sight = { readonly selector: string; readonly words: string };

/**
 * Resolves with the instant (milliseconds since 1970) at which the page shows it, as the page itself sees it: no
 * question from outside delays it. To be called before what makes it appear.
 */
export async function seenAt(page: Page, sight: Sight): Promise<() => Promise<number>> {
  const handle = await page.evaluateHandle(({ selector, words }) => {
    const isThere = () =>
      [...document.querySelectorAll(selector)].some((element) =>
        `${element.getAttribute("aria-label") ?? ""} ${element.textContent}`
          .replaceAll("\u00a0", " ")
          .includes(words),
      );
    const seen = new Promise<number>((done) => {
      const look = () => {
        if (!isThere()) return;
        observer.disconnect();
        done(performance.timeOrigin + performance.now());
      };
      const observer = new MutationObserver(look);
      observer.observe(document.body, {
        subtree: true,
        childList: true,
        characterData: true,
        attributes: true,
        attributeFilter: ["aria-label"],
      });
      look();
    });
    return { seen };
  }, sight);
  return () => handle.evaluate(({ seen }) => seen);
}
