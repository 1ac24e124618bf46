import { t } from "./l10n.ts";
import { type Port, portField } from "./ports/port.ts";

/** What a row can say of a process; why one is down is always said. */
export type RowField = "state" | "pid" | "uptime" | "cpu" | "memory" | "restarts" | "ports";

const FIELDS: readonly RowField[] = ["state", "pid", "uptime", "cpu", "memory", "restarts", "ports"];

/** What rows say unless the user wants more or less. */
export const DEFAULT_FIELDS: readonly RowField[] = ["state", "pid", "uptime"];

/** The fields that a setting names, in the order of the setting; what is no field is passed over. */
export function fieldsOf(setting: unknown): readonly RowField[] {
  if (!Array.isArray(setting)) return DEFAULT_FIELDS;
  return FIELDS.filter((field) => setting.includes(field));
}

/** What a process uses, itself and all that it started. */
export type Usage = { readonly cpuPercent: number; readonly memoryBytes: number };

/** A change of less is none that a person wants to be told, while a row that is drawn again loses its tooltip. */
const LEAST_CPU_CHANGE = 5;
const LEAST_MEMORY_CHANGE = 0.05;

/** What is shown of a process's use now, where this was shown before. */
export function shownUsage(before: Usage | null, now: Usage): Usage {
  if (before === null) return now;
  const isOtherCpu = Math.abs(now.cpuPercent - before.cpuPercent) >= LEAST_CPU_CHANGE;
  const memoryChange = Math.abs(now.memoryBytes - before.memoryBytes);
  return {
    cpuPercent: isOtherCpu ? now.cpuPercent : before.cpuPercent,
    memoryBytes:
      memoryChange > before.memoryBytes * LEAST_MEMORY_CHANGE ? now.memoryBytes : before.memoryBytes,
  };
}

/** What is known of a process beside what its supervisor tells; null for what nobody asked for or can say. */
export type Extra = {
  readonly usage: Usage | null;
  readonly restarts: number | null;
  readonly ports: readonly Port[];
};

/** Nothing is known. */
export const NO_EXTRA: Extra = { usage: null, restarts: null, ports: [] };

/** A field that is no part of the state, in words; null where there is nothing to say. */
export function describeExtra(field: RowField, { usage, restarts, ports }: Extra): string | null {
  switch (field) {
    case "cpu":
      return usage === null ? null : t("{0}% CPU", Math.round(usage.cpuPercent));
    case "memory":
      return usage === null ? null : shortBytes(usage.memoryBytes);
    case "restarts":
      return restarts === null || restarts === 0 ? null : describeRestarts(restarts);
    case "ports":
      return ports.length === 0 ? null : portField(ports);
    case "state":
    case "pid":
    case "uptime":
      return null;
  }
}

/** `1 restart`, `2 restarts`. */
function describeRestarts(count: number): string {
  return count === 1 ? t("1 restart") : t("{0} restarts", count);
}

const UNITS = ["KB", "MB", "GB", "TB"];

/** An amount of memory as a row shows it: `84 MB`, `1.2 GB`. */
export function shortBytes(bytes: number): string {
  let amount = bytes / 1024;
  let unit = 0;
  while (amount >= 1000 && unit < UNITS.length - 1) {
    amount /= 1024;
    unit++;
  }
  return `${amount < 10 && unit > 0 ? amount.toFixed(1) : Math.round(amount)} ${UNITS[unit]}`;
}
