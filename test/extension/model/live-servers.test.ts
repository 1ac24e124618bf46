import { expect, test } from "vitest";
import { liveServers } from "../../../extension/model/live-servers.ts";
import { aProcess, aServer, aServerThat } from "../processes.ts";

test("connected supervisors tell their processes by what commands call them, and what fits them", () => {
  const servers = [
    aServerThat("down.conf", { kind: "notRunning" }),
    aServer("a.conf", [aProcess("w", { group: "g" }), aProcess("x", { state: "FATAL", pid: null })]),
  ];
  expect(liveServers(servers)).toEqual({
    servers: [
      {
        configFile: "/w/a.conf",
        processes: [
          { group: "g", name: "w", id: "a.conf|g:w", state: "RUNNING", pid: 12, acts: ["stop", "restart"] },
          { group: "x", name: "x", id: "a.conf|x:x", state: "FATAL", pid: null, acts: ["start"] },
        ],
      },
    ],
  });
});
