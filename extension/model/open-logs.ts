import { type Target, targetId } from "./target.ts";

/** More than these nobody looks for again. */
const MOST = 12;

/** The logs that a window has opened, with one more, in the order in which they were opened first. */
export function withOpened(opened: readonly Target[], target: Target): readonly Target[] {
  const id = targetId(target);
  return opened.some((one) => targetId(one) === id) ? opened : [...opened, target].slice(-MOST);
}

/** The logs that were opened without those of this target. */
export function withoutOpened(opened: readonly Target[], target: Target): readonly Target[] {
  return opened.filter((one) => targetId(one) !== targetId(target));
}

/** What a window remembers as opened; what another version wrote otherwise is passed over. */
export function openedIn(remembered: unknown): readonly Target[] {
  return Array.isArray(remembered) ? remembered.filter(isTarget).slice(-MOST) : [];
}

const NAMES_OF: Readonly<Record<string, readonly string[]>> = {
  server: ["server"],
  group: ["server", "group"],
  instances: ["server", "group", "program"],
  process: ["server", "group", "name"],
} satisfies Readonly<Record<Target["kind"], readonly string[]>>;

function isTarget(value: unknown): value is Target {
  if (typeof value !== "object" || value === null || !("kind" in value)) return false;
  const names = typeof value.kind === "string" ? NAMES_OF[value.kind] : undefined;
  return names?.every((name) => typeof Reflect.get(value, name) === "string") ?? false;
}
