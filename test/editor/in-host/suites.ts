import { API_FACTS } from "./api.ts";
import { COMMAND_FACTS } from "./commands.ts";
import type { Facts } from "./fact.ts";
import { LANGUAGE_FACTS } from "./language.ts";
import { END_FACTS, RELOAD_FACTS } from "./server-commands.ts";
import { TASK_FACTS } from "./tasks.ts";
import { TOOL_FACTS } from "./tools.ts";
import { UNTRUSTED_FACTS } from "./untrusted.ts";

export type SuiteName = "ours" | "debians" | "untrusted";

const EVERYWHERE: Facts = { ...API_FACTS, ...TASK_FACTS, ...TOOL_FACTS, ...COMMAND_FACTS };

/** What is proven in which workspace. */
export const SUITES: Readonly<Record<SuiteName, Facts>> = {
  ours: { ...EVERYWHERE, ...LANGUAGE_FACTS, ...END_FACTS },
  debians: { ...EVERYWHERE, ...RELOAD_FACTS, ...END_FACTS },
  untrusted: UNTRUSTED_FACTS,
};
