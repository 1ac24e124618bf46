import type { Listener } from "./port.ts";

/** What `lsof -nP -iTCP -sTCP:LISTEN -Fpn` prints: a line for each process, then one for each of its sockets. */
export function parseLsof(text: string): Listener[] {
  let pid = 0;
  return text.split("\n").flatMap((line) => {
    if (line.startsWith("p")) pid = Number(line.slice(1));
    const socket = /^n(.*):(\d+)$/.exec(line);
    const [, host = "", port] = socket ?? [];
    return port === undefined ? [] : [{ pid, port: Number(port), address: addressOf(host) }];
  });
}

/** It names all addresses by a star, and writes those of IPv6 in brackets. */
function addressOf(host: string): string {
  return host === "*" ? "0.0.0.0" : host.replace(/^\[(.*)\]$/, "$1");
}
