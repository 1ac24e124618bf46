import type { Catalogue } from "./words.ts";
import { CHINESE_COMPLETION_TEXTS } from "./zh-cn-completion.ts";
import { CHINESE_DESCRIPTIONS } from "./zh-cn-descriptions.ts";
import { CHINESE_EDITING_TEXTS } from "./zh-cn-editing.ts";
import { CHINESE_TEXTS } from "./zh-cn-texts.ts";

/** Simplified Chinese. */
export const CHINESE: Catalogue = {
  texts: { ...CHINESE_TEXTS, ...CHINESE_COMPLETION_TEXTS, ...CHINESE_EDITING_TEXTS },
  descriptions: CHINESE_DESCRIPTIONS,
};
