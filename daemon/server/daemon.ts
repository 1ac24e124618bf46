import type { GroupDiff } from "../config/diff.ts";
import type { ActivityLog } from "../io/activity-log.ts";
import type { ConfigPreview } from "../protocol/preview.ts";
import type { Leftovers } from "../runtime/leftovers.ts";
import type { Supervisor } from "../runtime/supervisor.ts";

/** What the HTTP front may do with the daemon. */
export type Daemon = {
  readonly supervisor: Supervisor;
  readonly log: ActivityLog;
  /** Resolves when the groups are in force: no request is answered before. */
  readonly ready: Promise<void>;
  /** Stops everything and ends; the answer to the request still goes out. */
  readonly shutdown: () => void;
  /** Stops everything and starts over with the configuration as it is on disk. */
  readonly restart: () => void;
  /** Starts over with the configuration as it is on disk, and goes on with the programs that run. */
  readonly reloadKeep: () => void;
  /** Ends, and leaves the programs running to the daemon that is started next. */
  readonly handOver: () => void;
  /** Programs of an earlier daemon that this one did not take over. */
  readonly leftovers: Leftovers;
  /** Reads the configuration again and says what differs; throws a fault CANT_REREAD that says what is wrong. */
  readonly reread: () => GroupDiff;
  /** Says what a reread would find to differ, and takes note of nothing; throws as `reread` does. */
  readonly preview: () => ConfigPreview;
};
