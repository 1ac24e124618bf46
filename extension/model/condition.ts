import { t } from "./l10n.ts";
import type { ServerState } from "./server.ts";

/** How a server is, in a word or two. */
export function conditionOf(state: ServerState["kind"]): string {
  switch (state) {
    case "looking":
      return t("looking");
    case "starting":
      return t("starting");
    case "notRunning":
      return t("not running");
    case "failed":
      return t("cannot start");
    case "unreachable":
      return t("cannot connect");
    case "connected":
      return t("running");
  }
}
