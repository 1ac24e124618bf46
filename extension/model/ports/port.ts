/** A TCP socket that a process listens on; `address` is an IP address, `::` or `0.0.0.0` for all of them. */
export type Listener = { readonly port: number; readonly address: string; readonly pid: number };

/** A TCP port that a program listens on; `pid` is the process of its tree that does. */
export type Port = {
  readonly port: number;
  readonly addresses: readonly string[];
  readonly pid: number;
};

/** The ports of these processes, lowest first; what several of them share belongs to the one that comes first. */
export function portsOfProcesses(listeners: readonly Listener[], pids: readonly number[]): Port[] {
  const own = listeners.filter(({ pid }) => pids.includes(pid));
  return [...Map.groupBy(own, ({ port }) => port)]
    .map(([port, sharers]) => ({
      port,
      addresses: [...new Set(sharers.map(({ address }) => address))].toSorted(),
      pid: pids.find((pid) => sharers.some((sharer) => sharer.pid === pid)) ?? 0,
    }))
    .toSorted((a, b) => a.port - b.port);
}

/** The ports as a row shows them: `:3000 :3001`; empty for none. */
export function portField(ports: readonly Port[]): string {
  return ports.map(({ port }) => `:${port}`).join(" ");
}

/** What a browser on this machine calls the host of a port: the name for this machine, unless only another address has it. */
export function hostOf({ addresses }: Port): string {
  if (addresses.some((address) => isEverywhere(address) || isLoopback(address))) return "localhost";
  const [address = "localhost"] = addresses;
  return address.includes(":") ? `[${address}]` : address;
}

/** The address by which this machine reaches a port most surely. */
export function nearestAddress({ addresses }: Port): string {
  const isNear = addresses.some((address) => isEverywhere(address) || address === LOOPBACK);
  return isNear ? LOOPBACK : (addresses[0] ?? LOOPBACK);
}

const LOOPBACK = "127.0.0.1";

/** Whether others than this machine may reach the port. */
export function isOpenToOthers({ addresses }: Port): boolean {
  return !addresses.every(isLoopback);
}

function isEverywhere(address: string): boolean {
  return address === "0.0.0.0" || address === "::";
}

function isLoopback(address: string): boolean {
  return address === "::1" || address.startsWith("127.");
}
