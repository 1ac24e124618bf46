import type { Dialect } from "../daemon/config/environment.ts";
import type { FormatStyle } from "./features/formatting.ts";
import type { HintSettings } from "./features/inlay-hints.ts";
import { type Severities, severitiesIn } from "./features/severities.ts";

/** What the user chose for the server. */
export type Settings = {
  /** Which release of Supervisor configurations are read as. */
  readonly dialect: Dialect;
  readonly severities: Severities;
  readonly spacesAroundEquals: FormatStyle["spacesAroundEquals"];
  readonly inlayHints: HintSettings;
  /** Whether states and actions stand over the programs. */
  readonly codeLens: boolean;
};

/** The settings in what a client sends, where everything may be missing or of another kind. */
export function settingsIn(sent: unknown): Settings {
  const section = within(sent, "supervisord");
  const spaces = within(within(section, "format"), "spacesAroundEquals");
  const hints = within(section, "inlayHints");
  return {
    dialect: within(section, "dialect") === "4.4" ? "4.4" : "4.3",
    severities: severitiesIn(within(within(section, "diagnostics"), "severity")),
    spacesAroundEquals: spaces === "always" || spaces === "never" ? spaces : "keep",
    inlayHints: {
      cuts: within(hints, "cuts") !== false,
      here: within(hints, "here") !== false,
      units: within(hints, "units") !== false,
      defaults: within(hints, "defaults") === true,
    },
    codeLens: within(within(section, "codeLens"), "enabled") !== false,
  };
}

function within(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}
