/** Markup that is safe to send: made by `html` only, which escapes all that it is given. */
export class Html {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }
}

type Part = string | number | Html | null | readonly Part[];

/** Markup with values put in, each escaped unless it is markup itself; null is nothing. Attributes stand in double quotes. */
export function html(literals: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(literals.map((literal, i) => literal + render(parts[i] ?? null)).join(""));
}

/** Script or style of ours, which is not text in the sense of HTML. */
export function trusted(source: string): Html {
  return new Html(source);
}

function render(part: Part): string {
  if (part === null) return "";
  if (part instanceof Html) return part.markup;
  if (typeof part === "object") return part.map(render).join("");
  return String(part).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
