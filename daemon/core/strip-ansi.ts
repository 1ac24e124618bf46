/** Where the end of the output so far stands: outside of an escape sequence, after its ESC, or inside. */
export type AnsiState = "text" | "escape" | "sequence";

const ESCAPE = 0x1b;
const BRACKET = "[".charCodeAt(0);

/** The letters that end a sequence for Supervisor. */
const TERMINATORS: ReadonlySet<number> = new Set(Array.from("HfABCDRsuJKhlpm", (c) => c.charCodeAt(0)));

/** Output without its ANSI escape sequences, also where one is spread over two reads. */
export function stripAnsi(
  state: AnsiState,
  data: Uint8Array,
): { readonly next: AnsiState; readonly data: Uint8Array } {
  if (state === "text" && !data.includes(ESCAPE)) return { next: state, data };
  const out = new Uint8Array(data.length + 1);
  let length = 0;
  let now = state;
  for (const byte of data) {
    if (now === "sequence") {
      if (TERMINATORS.has(byte)) now = "text";
    } else if (now === "escape" && byte === BRACKET) {
      now = "sequence";
    } else {
      // An ESC that turned out to begin nothing belongs to the text.
      if (now === "escape") out[length++] = ESCAPE;
      now = byte === ESCAPE ? "escape" : "text";
      if (now === "text") out[length++] = byte;
    }
  }
  return { next: now, data: out.subarray(0, length) };
}
