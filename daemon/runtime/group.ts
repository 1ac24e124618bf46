import type { GroupSettings } from "../config/configuration.ts";
import { ListenerPool } from "./listener-pool.ts";
import { ProcessRunner } from "./process-runner.ts";
import type { Surroundings, Wiring } from "./process-surroundings.ts";
import { SharedSocket } from "./shared-socket.ts";

/** A group that is in force, with its processes by name. */
export type Group = {
  readonly settings: GroupSettings;
  readonly runners: ReadonlyMap<string, ProcessRunner>;
  /** Forgets descriptors, FIFOs and subscriptions; only for a group that is down. */
  readonly close: () => void;
  /** Gives its processes up, and lets them run on. */
  readonly release: () => void;
};

/** Makes the processes of a group, with what its kind gives them: a pool's events, or a shared socket. */
export function openGroup(settings: GroupSettings, identifier: string, around: Surroundings): Group {
  switch (settings.type) {
    case "program":
      return groupOf(settings, around, () => ({ onStdout: null, stdin: null }));
    case "fcgi": {
      const socket = new SharedSocket(settings.socket, around.keptSockets, around.log);
      return groupOf(settings, around, () => ({ onStdout: null, stdin: socket.stdin() }));
    }
    case "eventlistener": {
      const pool = new ListenerPool(settings, identifier, around.log);
      const wiring: Wiring = { onStdout: (runner, data) => pool.read(runner, data), stdin: null };
      const group = groupOf(settings, around, () => wiring);
      for (const runner of group.runners.values()) pool.add(runner);
      const unsubscribe = around.bus.subscribe(pool);
      const close = () => {
        unsubscribe();
        group.close();
      };
      return { ...group, close };
    }
  }
}

function groupOf(settings: GroupSettings, around: Surroundings, wiring: () => Wiring): Group {
  const runners = settings.processes.map(
    (process) => new ProcessRunner(settings.name, process, around, wiring()),
  );
  return {
    settings,
    runners: new Map(runners.map((runner) => [runner.settings.name, runner])),
    close: () => {
      for (const runner of runners) runner.close();
    },
    release: () => {
      for (const runner of runners) runner.release();
    },
  };
}
