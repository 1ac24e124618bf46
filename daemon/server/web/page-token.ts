import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** The secret that shows that a form comes from a page of this very daemon. */
export class PageToken {
  readonly value = randomBytes(32).toString("base64url");

  matches(given: string): boolean {
    return this.#same(given, this.value);
  }

  /** Marks a text as ours, so that nobody else can make the page say it. */
  sign(text: string): string {
    return this.#digest(text).toString("base64url");
  }

  signed(text: string, signature: string): boolean {
    return this.#same(signature, this.sign(text));
  }

  /** Compares in a time that does not depend on where the texts differ. */
  #same(a: string, b: string): boolean {
    return timingSafeEqual(this.#digest(a), this.#digest(b));
  }

  #digest(text: string): Buffer {
    return createHmac("sha256", this.value).update(text).digest();
  }
}
