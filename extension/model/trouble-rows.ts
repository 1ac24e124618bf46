import type { LeftBehind, PresentFault } from "../../daemon/protocol/event-stream.ts";
import { maskSecrets } from "../../daemon/protocol/secrets.ts";
import { t } from "./l10n.ts";
import { leftBehindId } from "./left-behind.ts";
import type { Look } from "./process-row.ts";
import type { Row } from "./row.ts";
import type { Connected } from "./server.ts";
import { supervisorWords } from "./supervisor-words.ts";
import { visible } from "./visible.ts";

const WARNING: Look = { icon: "warning", color: "supervisord.backoffForeground" };

/** What is wrong with a daemon at present, a row each. */
export function faultRows(serverId: string, { info }: Connected): Row[] {
  return (info?.faults ?? []).map((fault) => faultRow(serverId, fault));
}

/** The programs that no daemon watches over, a row each. */
export function leftBehindRows(server: string, serverId: string, { info }: Connected): Row[] {
  return (info?.leftBehind ?? []).map((program) => leftBehindRow(server, serverId, program));
}

function faultRow(parent: string, { key, where, since, message }: PresentFault): Row {
  const words = visible(supervisorWords(message));
  const label = words.charAt(0).toUpperCase() + words.slice(1);
  return {
    id: `${parent}!${key}`,
    parent,
    children: [],
    label,
    description: where ?? "",
    look: WARNING,
    nameColor: null,
    contextValue: "fault",
    accessibleLabel: t("fault: {0}", label),
    folding: "none",
    content: {
      kind: "message",
      place: null,
      tooltip: [
        label,
        ...(where === null ? [] : [t("Concerns {0}.", where)]),
        t("Since {0}. It is tried again; programs run on.", new Date(since).toLocaleString()),
      ].join("\n"),
    },
  };
}

function leftBehindRow(server: string, parent: string, program: LeftBehind): Row {
  const { pid, name, reason } = program;
  const command = visible(maskSecrets(program.command));
  return {
    id: leftBehindId(server, pid),
    parent,
    children: [],
    label: name,
    description: t("left running · pid {0}", pid),
    look: { icon: "debug-disconnect", color: "supervisord.backoffForeground" },
    nameColor: null,
    contextValue: "leftBehind",
    accessibleLabel: t("{0}, left running by an earlier daemon, pid {1}", name, pid),
    folding: "none",
    content: {
      kind: "message",
      place: null,
      tooltip: [
        command,
        t(
          "An earlier daemon started it: {0}. Nobody restarts it, and Stop All leaves it alone; the button of this row stops it.",
          supervisorWords(reason),
        ),
      ].join("\n"),
    },
  };
}
