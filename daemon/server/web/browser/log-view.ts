import { readableLog } from "../visible-text.ts";

/** Characters kept on the page; what is older is in the log file. */
export const MOST_SHOWN = 1_000_000;

/** The text of a log, which grows, and scrolls along while its end is in sight. */
export class LogView {
  readonly #pre: HTMLElement;
  readonly #follow: HTMLInputElement;
  #pending = "";
  #waiting = "";
  #shown: number;

  constructor(pre: HTMLElement, follow: HTMLInputElement) {
    this.#pre = pre;
    this.#follow = follow;
    this.#shown = pre.textContent.length;
    pre.addEventListener("scroll", () => {
      follow.checked = this.#atEnd();
    });
    follow.addEventListener("change", () => this.#scroll());
    this.#scroll();
  }

  append(piece: string): void {
    // Much output comes in many pieces: they are put on the page together, before it is painted.
    if (this.#waiting === "" && piece !== "") requestAnimationFrame(() => this.#flush());
    this.#waiting += piece;
  }

  replace(whole: string): void {
    this.#waiting = "";
    const { text, pending } = readableLog("", whole.replace(/^\uFFFD{1,3}/, ""));
    this.#pending = pending;
    if (this.#pre.textContent === text) return;
    this.#pre.textContent = text;
    this.#shown = text.length;
    this.#scroll();
  }

  #flush(): void {
    const { text, pending } = readableLog(this.#pending, this.#waiting.slice(-MOST_SHOWN));
    this.#pending = pending;
    this.#waiting = "";
    if (text === "") return;
    this.#pre.append(text);
    this.#shown += text.length;
    while (this.#shown > MOST_SHOWN && this.#pre.firstChild !== this.#pre.lastChild) {
      this.#shown -= this.#pre.firstChild?.textContent?.length ?? 0;
      this.#pre.firstChild?.remove();
    }
    this.#scroll();
  }

  #atEnd(): boolean {
    return this.#pre.scrollHeight - this.#pre.scrollTop - this.#pre.clientHeight < 8;
  }

  #scroll(): void {
    if (this.#follow.checked) this.#pre.scrollTop = this.#pre.scrollHeight;
  }
}
