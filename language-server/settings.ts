import type { Dialect } from "../daemon/config/environment.ts";
import { type Severities, severitiesIn } from "./features/severities.ts";

/** What the user chose for the server. */
export type Settings = {
  /** Which release of Supervisor configurations are read as. */
  readonly dialect: Dialect;
  readonly severities: Severities;
};

/** The settings in what a client sends, where everything may be missing or of another kind. */
export function settingsIn(sent: unknown): Settings {
  const section = within(sent, "supervisord");
  return {
    dialect: within(section, "dialect") === "4.4" ? "4.4" : "4.3",
    severities: severitiesIn(within(within(section, "diagnostics"), "severity")),
  };
}

function within(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}
