/** The environment variable by which a program, and all that it starts, can be told from strangers. */
export const RUN_VARIABLE = "SUPERVISORD_RUN";

/** One run of one program of one daemon. `daemon` is a hash of its runtime folder, `run` differs from run to run. */
export type RunMarker = {
  readonly daemon: string;
  readonly group: string;
  readonly name: string;
  readonly run: string;
};

/** The marker as the variable's value: `HASH:GROUP:NAME:RUN`, names percent-encoded. */
export function formatMarker({ daemon, group, name, run }: RunMarker): string {
  return [daemon, encodeURIComponent(group), encodeURIComponent(name), run].join(":");
}

/** Reads a variable's value; null where it is none of ours. */
export function parseMarker(text: string): RunMarker | null {
  const [daemon, group, name, run, ...more] = text.split(":");
  if (!daemon || !group || !name || !run || more.length > 0) return null;
  try {
    return { daemon, group: decodeURIComponent(group), name: decodeURIComponent(name), run };
  } catch {
    // Percent signs that nobody encoded.
    return null;
  }
}
