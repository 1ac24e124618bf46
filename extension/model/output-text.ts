import type { LogChannel } from "../../daemon/protocol/event-stream.ts";
import { stripAnsi } from "./ansi.ts";

/** Where the text of an output channel stands: stdout and stderr share it, a line belongs to one of them. */
export type OutputText = {
  readonly pending: Readonly<Record<LogChannel, string>>;
  /** The channel whose line is not finished yet; null at the start of a line. */
  readonly openLine: LogChannel | null;
};

/** The state of an empty channel. */
export const EMPTY_OUTPUT: OutputText = { pending: { stdout: "", stderr: "" }, openLine: null };

/** What is to be shown of a piece of output; the other channel's unfinished line is ended first. */
export function addOutput(
  state: OutputText,
  channel: LogChannel,
  piece: string,
): { readonly state: OutputText; readonly text: string } {
  const { text, pending } = stripAnsi(state.pending[channel], piece);
  const kept = { ...state.pending, [channel]: pending };
  if (text === "") return { state: { ...state, pending: kept }, text: "" };
  const interrupts = state.openLine !== null && state.openLine !== channel;
  return {
    state: { pending: kept, openLine: text.endsWith("\n") ? null : channel },
    text: interrupts ? `\n${text}` : text,
  };
}

/** A line of ours between the lines of the program. */
export function addMark(
  state: OutputText,
  mark: string,
): { readonly state: OutputText; readonly text: string } {
  const text = `${state.openLine === null ? "" : "\n"}── ${mark} ──\n`;
  return { state: EMPTY_OUTPUT, text };
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
