/** Bytes that are not UTF-8, as Supervisor puts them into an event. */
export function undecodable(data: Uint8Array): string {
  return `Undecodable: ${reprBytes(data)}`;
}

const NAMED = new Map([
  [0x09, "\\t"],
  [0x0a, "\\n"],
  [0x0d, "\\r"],
  [0x5c, "\\\\"],
]);

/** Bytes as Python shows them: `b'READY\n'`. */
export function reprBytes(data: Uint8Array): string {
  const quote = data.includes(0x27) && !data.includes(0x22) ? '"' : "'";
  let out = `b${quote}`;
  for (const byte of data) {
    const printable = byte >= 0x20 && byte < 0x7f;
    if (byte === quote.charCodeAt(0)) out += `\\${quote}`;
    else out += NAMED.get(byte) ?? (printable ? String.fromCharCode(byte) : `\\x${hex(byte)}`);
  }
  return out + quote;
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, "0");
}
