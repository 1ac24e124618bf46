/** The tokens that a program puts around what it tells event listeners. */
const BEGIN = bytesOf("<!--XSUPERVISOR:BEGIN-->");
const END = bytesOf("<!--XSUPERVISOR:END-->");

/** One channel in capture mode. `held` may be the start of a token; `captured` is what stands after BEGIN so far. */
export type Capture = {
  readonly held: Uint8Array;
  readonly captured: Uint8Array | null;
};

/** What output turns out to be: something to log, something inside the tokens, or a whole captured message. */
export type Piece = { readonly kind: "outside" | "inside" | "message"; readonly data: Uint8Array };

const NOTHING = new Uint8Array(0);

export const NO_CAPTURE: Capture = { held: NOTHING, captured: null };

/**
 * Takes output apart at the tokens, wherever reads cut it. Like Supervisor it waits until there is more than a
 * token's length to look at. `maxbytes` bounds what is kept of a message: the oldest bytes go first.
 */
export function capture(
  state: Capture,
  data: Uint8Array,
  maxbytes: number,
): { readonly next: Capture; readonly pieces: readonly Piece[] } {
  const pieces: Piece[] = [];
  let { captured } = state;
  let rest = state.held.length === 0 ? data : concat(state.held, data);
  const pass = (bytes: Uint8Array) => {
    if (bytes.length === 0) return;
    pieces.push({ kind: captured === null ? "outside" : "inside", data: bytes });
    if (captured !== null) captured = bounded(captured, bytes, maxbytes);
  };
  for (;;) {
    const token = captured === null ? BEGIN : END;
    if (rest.length <= token.length) return { next: { held: new Uint8Array(rest), captured }, pieces };
    const at = find(rest, token);
    if (at === -1) {
      const split = rest.length - tokenStart(rest, token);
      pass(rest.subarray(0, split));
      return { next: { held: new Uint8Array(rest.subarray(split)), captured }, pieces };
    }
    pass(rest.subarray(0, at));
    if (captured !== null) pieces.push({ kind: "message", data: captured });
    captured = captured === null ? NOTHING : null;
    rest = rest.subarray(at + token.length);
  }
}

/** As Supervisor bounds it: what does not fit pushes out as many bytes as it brings. */
function bounded(captured: Uint8Array, more: Uint8Array, maxbytes: number): Uint8Array {
  const kept = captured.length + more.length > maxbytes ? captured.subarray(more.length) : captured;
  return concat(kept, more);
}

function find(data: Uint8Array, token: Uint8Array): number {
  const first = token[0] ?? 0;
  for (let at = data.indexOf(first); at !== -1; at = data.indexOf(first, at + 1)) {
    if (at + token.length > data.length) return -1;
    if (token.every((byte, i) => data[at + i] === byte)) return at;
  }
  return -1;
}

/** How many of the last bytes may be the start of a token. */
function tokenStart(data: Uint8Array, token: Uint8Array): number {
  for (let length = token.length - 1; length > 0; length--) {
    const start = data.length - length;
    if (token.subarray(0, length).every((byte, i) => data[start + i] === byte)) return length;
  }
  return 0;
}

/** Always a copy: what is kept must not be a view of the reader's buffer, which the next read overwrites. */
function concat(a: Uint8Array, b: Uint8Array): Uint8Array {
  const joined = new Uint8Array(a.length + b.length);
  joined.set(a);
  joined.set(b, a.length);
  return joined;
}

function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
