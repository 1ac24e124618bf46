import { expect, test } from "vitest";
import { parseLsof } from "../../../../extension/model/ports/lsof.ts";
import {
  hostOf,
  isOpenToOthers,
  nearestAddress,
  portField,
  portsOfProcesses,
} from "../../../../extension/model/ports/port.ts";
import { parseProcNet } from "../../../../extension/model/ports/proc-net.ts";

const HEADER =
  "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode";

test.each([
  ["0100007F:1F90", "127.0.0.1", 8080],
  ["00000000:0050", "0.0.0.0", 80],
  ["00000000000000000000000000000000:0BB8", "::", 3000],
  ["00000000000000000000000001000000:0BB8", "::1", 3000],
  ["0000000000000000FFFF00000100007F:0BB8", "127.0.0.1", 3000],
  ["000080FE00000000FF005450AC75C6FE:1389", "fe80::5054:ff:fec6:75ac", 5001],
])("Linux's %s is %s and port %i", (local, address, port) => {
  const line = `   0: ${local} 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 4711 1 0 100 0`;
  expect(parseProcNet(`${HEADER}\n${line}\n`)).toEqual([{ address, port, inode: "4711", uid: 1000 }]);
});

test("connections that are no listening sockets are left out", () => {
  const line =
    "   1: 0100007F:1F90 0100007F:C001 01 00000000:00000000 00:00000000 00000000  1000        0 4712 1";
  expect(parseProcNet(`${HEADER}\n${line}\n`)).toEqual([]);
});

test("lsof tells the ports of each process, of IPv4 and IPv6", () => {
  expect(parseLsof("p12\nf3\nn*:3000\nf4\nn127.0.0.1:3001\np13\nf5\nn[::1]:5000\n")).toEqual([
    { pid: 12, port: 3000, address: "0.0.0.0" },
    { pid: 12, port: 3001, address: "127.0.0.1" },
    { pid: 13, port: 5000, address: "::1" },
  ]);
});

test("a port that a program shares with what it started is told once, as the program's", () => {
  const at = (pid: number, port: number, address = "127.0.0.1") => ({ pid, port, address });
  const listeners = [at(13, 3000), at(12, 3000), at(12, 3000, "::1"), at(13, 80), at(99, 22)];
  const ports = portsOfProcesses(listeners, [12, 13]);
  expect(ports).toEqual([
    { port: 80, addresses: ["127.0.0.1"], pid: 13 },
    { port: 3000, addresses: ["127.0.0.1", "::1"], pid: 12 },
  ]);
  expect(portField(ports)).toBe(":80 :3000");
});

test.each([
  [["127.0.0.1"], "localhost", false, "127.0.0.1"],
  [["::1"], "localhost", false, "::1"],
  [["::"], "localhost", true, "127.0.0.1"],
  [["0.0.0.0", "192.168.1.2"], "localhost", true, "127.0.0.1"],
  [["192.168.1.2"], "192.168.1.2", true, "192.168.1.2"],
  [["fe80::1"], "[fe80::1]", true, "fe80::1"],
])("a browser reaches %j as %s", (addresses, host, open, nearest) => {
  const port = { port: 80, addresses, pid: 1 };
  expect([hostOf(port), isOpenToOthers(port), nearestAddress(port)]).toEqual([host, open, nearest]);
});
