/** A listening TCP socket as Linux tells it; `inode` is by what descriptors name it, `uid` whose it is. */
export type ListeningSocket = {
  readonly address: string;
  readonly port: number;
  readonly inode: string;
  readonly uid: number;
};

const LISTENING = "0A";

/** The listening sockets in the text of `/proc/net/tcp` or `/proc/net/tcp6`. */
export function parseProcNet(text: string): ListeningSocket[] {
  return text.split("\n").flatMap((line) => {
    const [, local, , state, , , , uid, , inode] = line.trim().split(/\s+/);
    const [host, port] = local?.split(":") ?? [];
    if (state !== LISTENING || host === undefined || port === undefined || inode === undefined) return [];
    return [{ address: addressOf(host), port: Number.parseInt(port, 16), inode, uid: Number(uid) }];
  });
}

/** Each word of four bytes stands in the order of the machine, which is the reverse of the one that people read. */
function addressOf(hex: string): string {
  const bytes = [...hex.matchAll(/.{8}/g)].flatMap(([word]) =>
    [...word.matchAll(/../g)].map(([byte]) => Number.parseInt(byte, 16)).toReversed(),
  );
  const isMapped = bytes.length === 16 && bytes.slice(0, 12).join() === MAPPED;
  if (bytes.length === 4 || isMapped) return bytes.slice(-4).join(".");
  return compressed(bytes);
}

/** What IPv4 addresses in IPv6 begin with. */
const MAPPED = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255].join();

/** An IPv6 address with its longest run of zeros left out. */
function compressed(bytes: readonly number[]): string {
  const groups = Array.from({ length: 8 }, (_, i) =>
    (((bytes[2 * i] ?? 0) << 8) | (bytes[2 * i + 1] ?? 0)).toString(16),
  ).join(":");
  const [longest] = [...groups.matchAll(/(?:^|:)0(?::0)+(?::|$)/g)]
    .map(([zeros]) => zeros)
    .toSorted((a, b) => b.length - a.length);
  return longest === undefined ? groups : groups.replace(longest, "::");
}
