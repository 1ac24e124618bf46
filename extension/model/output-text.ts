import type { Stripped } from "./ansi.ts";

/** Where the text of a log view stands. Several streams share it: a line belongs to one of them. */
export type OutputText = {
  /** Of each stream, a terminal sequence that is not whole yet. */
  readonly pending: ReadonlyMap<string, string>;
  /** Of each stream, a line that is not whole yet and waits for its end. */
  readonly held: ReadonlyMap<string, string>;
  /** The stream whose line is shown but not finished; null at the start of a line. */
  readonly openLine: string | null;
};

/** How a view words what it is told. */
export type Layout = {
  /** Takes out of output what the view cannot show. */
  readonly clean: (pending: string, piece: string) => Stripped;
  /** What stands before each line of a stream. */
  readonly prefixOf: (stream: string) => string;
  /** Whether lines wait until they are whole, as where several programs write at once. */
  readonly holdsLines: boolean;
  /** A line of ours between those of the programs. */
  readonly mark: (words: string) => string;
};

/** The next state of a view, and the text to append to it. */
export type Shown = { readonly state: OutputText; readonly text: string };

/** The state of an empty view. */
export const EMPTY_OUTPUT: OutputText = { pending: new Map(), held: new Map(), openLine: null };

/** A line longer than this is shown though it has no end yet. */
const LONGEST_HELD = 16 * 1024;

/** What is to be shown of a piece of output; another stream's unfinished line is ended first. */
export function addOutput(state: OutputText, stream: string, piece: string, layout: Layout): Shown {
  const { text, pending } = layout.clean(state.pending.get(stream) ?? "", piece);
  const next = { ...state, pending: withEntry(state.pending, stream, pending) };
  if (!layout.holdsLines) return show(next, stream, text, layout);
  const whole = (state.held.get(stream) ?? "") + text;
  const end = whole.length > LONGEST_HELD ? whole.length : whole.lastIndexOf("\n") + 1;
  const held = withEntry(state.held, stream, whole.slice(end));
  return show({ ...next, held }, stream, withoutOverwritten(whole.slice(0, end)), layout);
}

/** Shows the lines that still wait for their end: a prompt has none. */
export function releaseHeld(state: OutputText, layout: Layout): Shown {
  let shown: Shown = { state: { ...state, held: new Map() }, text: "" };
  for (const [stream, line] of state.held) {
    const next = show(shown.state, stream, withoutOverwritten(line), layout);
    shown = { state: next.state, text: shown.text + next.text };
  }
  return shown;
}

/** A line of ours between the lines of the programs. */
export function addMark(state: OutputText, mark: string, layout: Layout): Shown {
  const released = releaseHeld(state, layout);
  const end = released.state.openLine === null ? "" : "\n";
  return { state: EMPTY_OUTPUT, text: `${released.text}${end}${layout.mark(mark)}\n` };
}

/** The state once somebody else, as who types, has ended the line. */
export function lineEnded(state: OutputText): OutputText {
  return { ...state, openLine: null };
}

/**
 * A stream that repeats the end of what is already shown, without that end: a real supervisord begins to follow a
 * log with its last bytes.
 */
export function withoutRepeated(shown: string, following: string): string {
  for (let length = Math.min(shown.length, following.length); length > 0; length--) {
    if (shown.endsWith(following.slice(0, length))) return following.slice(length);
  }
  return following;
}

function show(state: OutputText, stream: string, text: string, layout: Layout): Shown {
  if (text === "") return { state, text };
  const goesOn = state.openLine === stream;
  const end = state.openLine === null || goesOn ? "" : "\n";
  const prefix = layout.prefixOf(stream);
  const isEnded = text.endsWith("\n");
  const lines = isEnded ? text.slice(0, -1) : text;
  const prefixed = prefix === "" ? lines : lines.replaceAll("\n", `\n${prefix}`);
  return {
    state: { ...state, openLine: isEnded ? null : stream },
    text: `${end}${goesOn ? "" : prefix}${prefixed}${isEnded ? "\n" : ""}`,
  };
}

/** Of a line that a program wrote over again and again, as a progress bar, what it shows at last. */
function withoutOverwritten(lines: string): string {
  return lines.includes("\r") ? lines.replace(/[^\n]*\r(?=[^\n])|\r(?=\n|$)/g, "") : lines;
}

function withEntry(
  map: ReadonlyMap<string, string>,
  key: string,
  value: string,
): ReadonlyMap<string, string> {
  if ((map.get(key) ?? "") === value) return map;
  const next = new Map(map);
  if (value === "") next.delete(key);
  else next.set(key, value);
  return next;
}
