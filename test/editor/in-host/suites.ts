import { API_FACTS } from "./api.ts";
import type { Facts } from "./fact.ts";
import { TASK_FACTS } from "./tasks.ts";

export type SuiteName = "ours" | "debians" | "untrusted";

/** What is proven in which workspace. */
export const SUITES: Readonly<Record<SuiteName, Facts>> = {
  ours: { ...API_FACTS, ...TASK_FACTS },
  debians: { ...API_FACTS, ...TASK_FACTS },
  untrusted: {},
};
